/**
 * A delivery: one message to one URL about one job, with all attempts to bring it there. The rules are those of
 * Standard Webhooks 1.0.0 (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 */
import type { JobStatus } from '../job/batch-job.ts';
import type { JobId } from '../job/job-id.ts';

declare const brand: unique symbol;
export type DeliveryId = string & { readonly [brand]: 'DeliveryId' };

/** `msg_`, the time of its making in 12 hexadecimal digits of milliseconds, 20 random ones: ids in order of time. */
export const DELIVERY_ID_PATTERN = '^msg_[0-9a-f]{32}$';

/**
 * `due` is to be sent, now or at `nextAttemptAt`; `held` waits until its owner allows where it leads. The other
 * three are over: `delivered` was answered with 2xx, `abandoned` used up its schedule, `stopped` was ended before
 * that, by its owner, by an answer of 410, or because it leads where no callback may go.
 */
export const DELIVERY_STATES = ['due', 'held', 'delivered', 'abandoned', 'stopped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** The ends that a callback tells of. Each can be switched off in the settings. */
export const CALLBACK_ENDS = ['completed', 'failed', 'cancelled', 'expired'] as const;
export type CallbackEnd = Extract<JobStatus, (typeof CALLBACK_ENDS)[number]>;

/** The `type` of the body. `batch.items` tells of items that ended, several in one message. */
export const DELIVERY_TYPES = [
  'job.completed',
  'job.failed',
  'job.cancelled',
  'job.expired',
  'batch.items',
] as const;
export type DeliveryType = (typeof DELIVERY_TYPES)[number];

export interface Delivery {
  /** Sent as `webhook-id`: the same with every attempt. */
  id: DeliveryId;
  jobId: JobId;
  type: DeliveryType;
  url: string;
  state: DeliveryState;
  /** A sentence: why it is held, abandoned or stopped; null otherwise. */
  reason: string | null;
  /** RFC 3339, UTC, as all times here. */
  createdAt: string;
  /** Of its last change. */
  updatedAt: string;
  /** Null unless it is `due`. */
  nextAttemptAt: string | null;
  /** How many attempts were made. */
  attemptCount: number;
  /** How many attempts of the schedule are used up; 0 again where its owner sends it again. */
  step: number;
  /** The newest `MAX_ATTEMPTS_KEPT`, oldest first. */
  attempts: CallbackAttempt[];
}

export interface CallbackAttempt {
  /** From 1. */
  number: number;
  startedAt: string;
  durationMs: number;
  /** The address that was connected to; null where it never came to that. */
  address: string | null;
  isSigned: boolean;
  /** Null where no answer came. */
  statusCode: number | null;
  /** Why it did not deliver, in a sentence; null where it did. */
  error: string | null;
  /** The beginning of the answer's body, at most `MAX_ANSWER_KEPT_BYTES` of it; null where there was none. */
  answer: string | null;
}

/** The longest body that is sent (Standard Webhooks, "Payload size"): results and lists of items give way. */
export const MAX_BODY_BYTES = 20_000;
export const MAX_ANSWER_READ_BYTES = 64 * 1024;
export const MAX_ANSWER_KEPT_BYTES = 4 * 1024;
export const MAX_ATTEMPTS_KEPT = 20;
/** The longest that a `Retry-After` is honoured. */
export const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long after the end of the attempt before it each attempt is made; after the last one it is abandoned. */
export const DEFAULT_CALLBACK_SCHEDULE_MS: readonly number[] = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
export const MAX_SCHEDULE_STEPS = 50;
/** The longest wait that a schedule may have between two attempts. */
export const MAX_SCHEDULE_STEP_MS = 7 * 24 * HOUR;

/** True while it may yet be sent. */
export function isOpen({ state }: Pick<Delivery, 'state'>): boolean {
  return state === 'due' || state === 'held';
}
