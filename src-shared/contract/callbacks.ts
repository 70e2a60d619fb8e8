/** What the window asks about callbacks: deliveries, the keys they are signed with, and the receiver to try them on. */
import type { DeliveryId } from '../callback/delivery.ts';
import type { BatchJob } from '../job/batch-job.ts';
import type { JobId } from '../job/job-id.ts';
import type { SecretBackend } from './profiles.ts';
import type { AppErrorValue } from './result.ts';

/** One message to be sent now. */
export interface CallbackSend {
  jobId: JobId;
  /** The record, where the runner may no longer have it; it counts only where that is so. */
  job: BatchJob | null;
  /** Which message is sent again; null makes a new one of the job's end. */
  deliveryId: DeliveryId | null;
  /** Where it goes instead: that is a delivery of its own. Null for where it went, or for the job's `callback_url`. */
  url: string | null;
}

export interface CallbackSendReport {
  sent: DeliveryId[];
  refused: { jobId: JobId; error: AppErrorValue }[];
}

/** What is sent, for looking at it and for a curl line; signed as it would be now. */
export interface CallbackPreview {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Signs what goes to a URL or to a host. The secret itself never leaves the main process once it was shown. */
export interface CallbackKey {
  /** A UUID. */
  id: string;
  /** A whole URL, or a host as `example.org` or `example.org:8443`. The URL comes before the host. */
  scope: string;
  /** `hmac` signs as `v1` with a `whsec_` secret, `ed25519` as `v1a` with a `whsk_` one. */
  kind: CallbackKeyKind;
  createdAt: string;
  /** Until when messages are signed with the secret before this one, too; null where none is being replaced. */
  previousUntil: string | null;
  /** What receivers of `v1a` verify with, `whpk_...`; null for `hmac`. */
  publicKey: string | null;
}

export const CALLBACK_KEY_KINDS = ['hmac', 'ed25519'] as const;
export type CallbackKeyKind = (typeof CALLBACK_KEY_KINDS)[number];

export interface CallbackKeyList {
  keys: CallbackKey[];
  backend: SecretBackend;
}

/** A secret that was made here is shown this once. */
export interface CallbackKeyMade {
  key: CallbackKey;
  secret: string;
}

/** How long both secrets sign while receivers take over the new one. */
export const ROTATION_MS = 24 * 60 * 60 * 1000;

/** The receiver for trying callbacks out, on this machine alone. */
export interface ReceiverSettings {
  /** Null for any that is free. */
  port: number | null;
  /** What it verifies signatures with; null verifies none. */
  secret: string | null;
  /** What it answers, from 200 to 599. */
  answerStatus: number;
}

export interface ReceiverState {
  /** `http://127.0.0.1:PORT/`; null while it does not listen. */
  url: string | null;
  hasSecret: boolean;
  answerStatus: number;
  /** How many requests arrived since it was started. */
  received: number;
}

export const RECEIVED_VERDICTS = ['valid', 'invalid', 'unsigned', 'not-checked'] as const;

/** A request that arrived. */
export interface ReceivedCallback {
  /** From 1, since the receiver was started. */
  number: number;
  at: string;
  method: string;
  path: string;
  /** Of the answer. */
  status: number;
  headers: Record<string, string>;
  /** At most 64 KiB of it. */
  body: string;
  isCut: boolean;
  webhookId: string | null;
  /** `not-checked` where the receiver has no secret. */
  verdict: (typeof RECEIVED_VERDICTS)[number];
  /** What is wrong with the signature, in a sentence; null where nothing is. */
  problem: string | null;
  /** An earlier one had the same `webhook-id`. */
  isRepeat: boolean;
}

/** How many requests the receiver keeps, newest first. */
export const RECEIVED_KEPT = 200;
