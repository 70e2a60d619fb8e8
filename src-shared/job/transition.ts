/**
 * The only code that sets `status`. Pure: a record, a command and the time in; the new record and what happened
 * out. The given record is never changed.
 */
import { AppError, assertNever } from '../app-error.ts';
import type { Delivery } from '../callback/delivery.ts';
import type { BatchJob, JobStatus, StopReason } from './batch-job.ts';
import type { JobError } from './error-codes.ts';
import type { JobEventDraft, JobEventType } from './events.ts';
import {
  type Attempt,
  type ItemCounts,
  JOBDECK_METADATA_VERSION,
  type JobdeckMetadata,
  type JobResult,
} from './jobdeck-metadata.ts';
import { mayFollow } from './lifecycle.ts';

/** How an attempt ended. Durations are monotonic nanoseconds, null where a crash took the measurement with it. */
export interface AttemptEnd {
  durationNs: number | null;
  ttftNs: number | null;
  /** From the start of the first attempt to now, waits between attempts included. */
  totalDurationNs: number | null;
  result?: JobResult;
  /** Of a batch. */
  counts?: ItemCounts;
}

/** What may be set on a job that is pending and stays so. */
export type PendingUpdate = Partial<
  Pick<
    JobdeckMetadata,
    'dependencies' | 'joined' | 'not_before' | 'deadline' | 'missed_runs' | 'queue' | 'priority'
  >
>;

export type JobCommand =
  /** The runner takes the job over from the history: created becomes pending; pending stays as it is. */
  | { type: 'submit'; by: string | null }
  /** An attempt begins. */
  | { type: 'start'; by: string | null; background: boolean }
  | { type: 'update'; by: string | null; update: PendingUpdate }
  /** The attempt ended and another is to follow, at once or at `nextAttemptAt`. */
  | { type: 'requeue'; by: string | null; end: AttemptEnd; error: JobError; nextAttemptAt?: string }
  | { type: 'complete'; by: string | null; end: AttemptEnd; stopReason?: StopReason }
  /** `end` is absent where no attempt was made, because of something that the job waited for. */
  | { type: 'fail'; by: string | null; end?: AttemptEnd; error: JobError; stopReason?: StopReason }
  /** `end` is given where an attempt was running; `counts` of a batch that waited and whose items are kept. */
  | { type: 'cancel'; by: string | null; end?: AttemptEnd; counts?: ItemCounts }
  | { type: 'expire'; by: string | null; counts?: ItemCounts };

type Fail = Extract<JobCommand, { type: 'fail' }>;

export interface Transition {
  job: BatchJob;
  events: JobEventDraft[];
}

/**
 * Applies `command` to `job`.
 * @param now RFC 3339, UTC
 * @throws AppError `illegal-transition` where the lifecycle table does not allow it
 */
export function transition(job: BatchJob, command: JobCommand, now: string): Transition {
  const stamped = { ...job, updated_at: now, last_updated_by_id: command.by ?? job.last_updated_by_id };
  switch (command.type) {
    case 'submit':
      return submit(stamped, command.by, now);
    case 'update':
      return update(stamped, command.update, now);
    case 'start':
      return moved(startAttempt(stamped, command.background, now), 'running', 'started', now);
    case 'requeue':
      return moved(
        withJobdeck(endAttempt(stamped, command.end, 'failed', now, command.error), {
          next_attempt_at: command.nextAttemptAt ?? null,
        }),
        'pending',
        'requeued',
        now,
      );
    case 'complete':
      return ended(
        endAttempt(stamped, command.end, 'completed', now),
        'completed',
        command.stopReason ?? 'end_turn',
        now,
      );
    case 'fail':
      return ended(
        withJobdeck(failedAttempt(stamped, command, now), { error: command.error }),
        'failed',
        command.stopReason ?? 'error',
        now,
      );
    case 'cancel':
      return ended(
        command.end === undefined
          ? withCounts(stamped, command.counts)
          : endAttempt(stamped, command.end, 'cancelled', now),
        'cancelled',
        'cancelled',
        now,
      );
    case 'expire':
      return ended(withCounts(stamped, command.counts), 'expired', null, now);
    default:
      return assertNever(command);
  }
}

function submit(job: BatchJob, by: string | null, now: string): Transition {
  const owned = { ...job, created_by_id: job.created_by_id ?? by };
  if (owned.status === 'pending') return told(owned, 'submitted', now);
  return moved(owned, 'pending', 'submitted', now);
}

function update(job: BatchJob, findings: PendingUpdate, now: string): Transition {
  if (job.status !== 'pending') {
    throw new AppError('illegal-transition', `Expected ${job.id} to be pending, got ${job.status}.`);
  }
  return told(withJobdeck(job, findings), 'updated', now);
}

function ended(job: BatchJob, status: JobStatus, stopReason: StopReason | null, now: string): Transition {
  const done = { ...withoutNextAttempt(job), stop_reason: stopReason, completed_at: job.completed_at ?? now };
  return moved(done, status, 'ended', now);
}

function moved(job: BatchJob, to: JobStatus, type: JobEventType, now: string): Transition {
  if (!mayFollow(job.status, to)) {
    throw new AppError(
      'illegal-transition',
      `Expected ${job.id} to be in a status that may become ${to}, got ${job.status}.`,
    );
  }
  return told({ ...job, status: to }, type, now);
}

function told(job: BatchJob, type: JobEventType, now: string): Transition {
  return { job, events: [{ type, jobId: job.id, at: now, job }] };
}

function startAttempt(job: BatchJob, background: boolean, now: string): BatchJob {
  const attempts = job.metadata?.jobdeck?.attempts ?? [];
  const attempt: Attempt = { number: attempts.length + 1, started_at: now };
  return { ...withoutNextAttempt(withJobdeck(job, { attempts: [...attempts, attempt] })), background };
}

/** Only a job that waits fails with no attempt: of one that runs, how the attempt ended has to be recorded. */
function failedAttempt(job: BatchJob, { end, error }: Fail, now: string): BatchJob {
  if (end !== undefined) return endAttempt(job, end, 'failed', now, error);
  if (job.status !== 'running') return job;
  throw new AppError('illegal-transition', `Expected the end of the attempt of ${job.id}, got none.`);
}

function withoutNextAttempt(job: BatchJob): BatchJob {
  if (job.metadata?.jobdeck?.next_attempt_at === undefined) return job;
  const { next_attempt_at: _, ...jobdeck } = job.metadata.jobdeck;
  return { ...job, metadata: { ...job.metadata, jobdeck } };
}

function endAttempt(
  job: BatchJob,
  end: AttemptEnd,
  outcome: NonNullable<Attempt['outcome']>,
  now: string,
  error?: JobError,
): BatchJob {
  const attempts = job.metadata?.jobdeck?.attempts ?? [];
  const last = attempts.at(-1);
  if (last === undefined || last.outcome !== undefined) {
    throw new AppError('illegal-transition', `Expected ${job.id} to have an attempt that runs, got none.`);
  }
  const done: Attempt = {
    ...last,
    ended_at: now,
    duration_ns: end.durationNs,
    ttft_ns: end.ttftNs,
    outcome,
    ...(error && { error }),
  };
  return {
    ...withJobdeck(job, {
      attempts: [...attempts.slice(0, -1), done],
      ...(end.result && { result: end.result }),
      ...(end.counts && { counts: end.counts }),
    }),
    ttft_ns: end.ttftNs,
    total_duration_ns: end.totalDurationNs,
  };
}

function withCounts(job: BatchJob, counts: ItemCounts | undefined): BatchJob {
  return counts === undefined ? job : withJobdeck(job, { counts });
}

function withJobdeck(job: BatchJob, findings: Partial<JobdeckMetadata>): BatchJob {
  const jobdeck = { version: JOBDECK_METADATA_VERSION, ...job.metadata?.jobdeck, ...findings } as const;
  return { ...job, metadata: { ...job.metadata, jobdeck } };
}

/** How the last attempt to bring the news of a job's end to its callback went. */
export interface CallbackFields {
  /** When it was attempted, RFC 3339. */
  sentAt: string;
  statusCode: number | null;
  error: string | null;
}

/**
 * Records what became of callbacks: the one change a terminal record still sees. Status and `updated_at` stay as
 * they are.
 * @param fields for the three fields kept for it; null leaves them as they are
 * @param deliveries those that were made or changed, whole
 */
export function recordCallback(
  job: BatchJob,
  fields: CallbackFields | null,
  now: string,
  deliveries: readonly Delivery[] = [],
): Transition {
  const recorded: BatchJob = fields === null ? job : withCallback(job, fields);
  const { events, ...rest } = told(recorded, 'callback-recorded', now);
  return { ...rest, events: events.map((event) => withDeliveries(event, deliveries)) };
}

/** The same event, with deliveries that are made or changed in the same commit. */
export function withDeliveries(event: JobEventDraft, deliveries: readonly Delivery[]): JobEventDraft {
  return deliveries.length === 0 ? event : { ...event, deliveries: [...deliveries] };
}

function withCallback(job: BatchJob, { sentAt, statusCode, error }: CallbackFields): BatchJob {
  return {
    ...job,
    callback_sent_at: sentAt,
    callback_status_code: statusCode,
    callback_error: error,
  };
}
