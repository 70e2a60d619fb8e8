/**
 * What the core needs of the world. The core itself does no I/O, reads no clock and throws no dice: adapters
 * implement these ports over Node, tests over memory.
 */

import type { Disposer } from '#shared/contract/app-api.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { JobEvent, JobEventDraft } from '#shared/job/events.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobResult } from '#shared/job/jobdeck-metadata.ts';
import type { Task } from '#shared/job/tasks.ts';
import type { CallbackReport } from '#shared/job/transition.ts';

export interface Clock {
  /** Wall-clock time, RFC 3339 in UTC with `Z`, milliseconds. */
  now(): string;
  /** Monotonic time, nanoseconds from an arbitrary origin. */
  monotonicNs(): bigint;
  /** Calls `action` once, `delayMs` from now, unless it is disposed of before. */
  after(delayMs: number, action: () => void): Disposer;
}

/** A durable change: all of it or none of it. */
export interface JournalWrite {
  event: JobEventDraft;
  /** Set with the terminal event of a job that has a callback: the `due` row, in the same commit. */
  callback?: 'due' | 'delivered' | 'abandoned';
}

export interface StoredJob {
  /** Sequence number of the job's newest event. */
  seq: number;
  job: BatchJob;
}

/**
 * The durable store of the runner and its outbox. `append` resolves only after the bytes are synced: writes that
 * arrive together share one commit, in the order in which they were appended.
 */
export interface Journal {
  readonly journalId: string;
  append(write: JournalWrite): Promise<JobEvent>;
  /** Every job that is pending or running, in the order of submission. */
  activeJobs(): StoredJob[];
  find(id: JobId): StoredJob | undefined;
  /** Jobs with a callback that is due, oldest first. */
  callbacksDue(): BatchJob[];
  /** The newest sequence number. */
  head(): number;
  /** Up to where events have been dropped: a reader whose cursor is below has a gap. */
  floor(): number;
  eventsAfter(seq: number, limit: number): JobEvent[];
  jobsAfter(id: JobId | null, limit: number): StoredJob[];
  /** Marks events up to `seq` as applied by the history and drops what no one needs any more. */
  acknowledge(seq: number): void;
  /** Drops all that is kept of these jobs. */
  forget(ids: readonly JobId[]): void;
}

/** One try at a task, as the executor gets it. */
export interface AttemptSpec {
  jobId: JobId;
  attempt: number;
  task: Task;
  timeoutMs: number | null;
  killGraceMs: number;
}

/** How an attempt ended, as the executor saw it. Durations are monotonic nanoseconds. */
export interface AttemptReport {
  outcome: 'completed' | 'failed' | 'cancelled';
  durationNs: number;
  ttftNs: number | null;
  result: JobResult;
  /** Present where `outcome` is `failed`. */
  error?: JobError;
}

export interface Executor {
  /**
   * Runs one attempt to its end. Never rejects: whatever goes wrong is in the report. When `signal` aborts, the
   * whole process tree is ended and the report follows once it is gone.
   */
  run(spec: AttemptSpec, signal: AbortSignal): Promise<AttemptReport>;
  /** Ends what a killed application left running of this attempt, and says which processes it could not end. */
  reap(jobId: JobId, attempt: number): Promise<{ survivors: number[] }>;
}

export interface CallbackSender {
  /** One POST. Never rejects: an exception is the report's `error`. */
  send(job: BatchJob, signal: AbortSignal): Promise<CallbackReport>;
}
