/**
 * What the core needs of the world. The core itself does no I/O, reads no clock and throws no dice: adapters
 * implement these ports over Node, tests over memory.
 */

import type { Delivery, DeliveryId, DeliveryState } from '#shared/callback/delivery.ts';
import type { Disposer } from '#shared/contract/app-api.ts';
import type { SnapshotJob } from '#shared/contract/outbox.ts';
import type { QueueSettings } from '#shared/contract/runner-state.ts';
import type { BatchJob, StopReason } from '#shared/job/batch-job.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { JobEvent, JobEventDraft } from '#shared/job/events.ts';
import type { ItemRecord, ItemStatus, ItemStatusCounts } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { ItemCounts, Items, JobResult, Schedule } from '#shared/job/jobdeck-metadata.ts';
import type { Task } from '#shared/job/tasks.ts';

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
  /**
   * The deliveries it names are kept as it says; one that is new needs its body in `newDeliveries`, or the append
   * rejects with AppError `not-found`.
   */
  event: JobEventDraft;
  newDeliveries?: readonly NewDelivery[];
  /** Items of `event.jobId` that are told from now on by one of `newDeliveries`: they wait for it no longer. */
  toldItems?: readonly number[];
}

/** The bytes of a message, which stay the same for all attempts. */
export interface NewDelivery {
  id: DeliveryId;
  body: string;
}

export interface StoredJob {
  /** Sequence number of the job's newest event. */
  seq: number;
  job: BatchJob;
  /** Its place among the waiting jobs of its queue and priority: the sequence number of its first event, or as moved. */
  position: number;
}

/**
 * The durable store of the runner and its outbox. `append` resolves only after the bytes are synced: writes that
 * arrive together share one commit, in the order in which they were appended.
 */
export interface Journal {
  readonly journalId: string;
  append(write: JournalWrite): Promise<JobEvent>;
  /** The same for changes that belong together: all of them are in one commit, or none is. */
  appendAll(writes: readonly JournalWrite[]): Promise<JobEvent[]>;
  /** Moves a waiting job to another place of its queue. */
  setPosition(id: JobId, position: number): Promise<void>;
  /** Every job that is pending or running, in the order of submission. */
  activeJobs(): StoredJob[];
  find(id: JobId): StoredJob | undefined;
  /**
   * Ended jobs that a version before deliveries left with a callback to send, oldest first. An event of one that names
   * its deliveries, even none, takes it from them. A job with an open delivery is kept, acknowledged or not.
   */
  callbacksDue(): BatchJob[];
  /** The newest sequence number. */
  head(): number;
  /** Up to where events have been dropped: a reader whose cursor is below has a gap. */
  floor(): number;
  eventsAfter(seq: number, limit: number): JobEvent[];
  /** Up to `limit`, fewer where they are large, in the order of their ids. Empty only where there are no more. */
  jobsAfter(id: JobId | null, limit: number): SnapshotJob[];
  /** Marks events up to `seq` as applied by the history and drops what no one needs any more. */
  acknowledge(seq: number): void;
  /**
   * Drops all that is kept of these jobs, their deliveries too. Resolves once that is durable: in steps, as there may
   * be many deliveries, and of each job the record last.
   */
  forget(ids: readonly JobId[]): Promise<void>;
}

/** Names an attempt, of a job or of one item of a batch. */
export interface AttemptKey {
  jobId: JobId;
  /** From 1. */
  attempt: number;
  /** The item's index; absent where the job has no items. */
  item?: number;
}

/** One try at a task, as the executor gets it. Templates and `{{secret.NAME}}` in the task are not yet filled in. */
export interface AttemptSpec extends AttemptKey {
  task: Task;
  /** Present with `item`: what fills the task's templates. */
  itemValue?: unknown;
  /** The saved model profile, from the record. */
  agentId?: string | null;
  timeoutMs: number | null;
  killGraceMs: number;
  /** Of each output stream; no limit where absent or null. */
  maxOutputBytes?: number | null;
}

/** How an attempt ended, as the executor saw it. Durations are monotonic nanoseconds. */
export interface AttemptReport {
  outcome: 'completed' | 'failed' | 'cancelled';
  durationNs: number;
  ttftNs: number | null;
  result: JobResult;
  /** Present where `outcome` is `failed`. */
  error?: JobError;
  /** Where the task itself says why it stopped: a model's finish reason. */
  stopReason?: StopReason;
  /** How long the other side asked to be left alone (`Retry-After`). */
  retryAfterMs?: number;
  /** Of a batch. */
  counts?: ItemCounts;
}

export interface Executor {
  /**
   * Runs one attempt to its end. Never rejects: whatever goes wrong is in the report. When `signal` aborts, the
   * whole process tree is ended and the report follows once it is gone.
   */
  run(spec: AttemptSpec, signal: AbortSignal): Promise<AttemptReport>;
  /** Ends what a killed application left running of this attempt, and says which processes it could not end. */
  reap(key: AttemptKey): Promise<{ survivors: number[] }>;
  /**
   * Stops the processes of an attempt where they are, or lets them go on. False where the attempt has none, or the
   * system can't. The time that it is stopped counts towards no `timeoutMs`.
   */
  suspend(key: AttemptKey): Promise<boolean>;
  resume(key: AttemptKey): Promise<boolean>;
}

/** The items of batches: which there are, and what came of each. Every promise resolves once it is durable. */
export interface ItemStore {
  /** True once `load` has come to its end for this job. */
  isLoaded(jobId: JobId): boolean;
  /**
   * Keeps the items of a job, all `pending`, in the order of their index. What an earlier load left unfinished is
   * dropped first. Rejects with what the iterable throws, and then nothing of the job is kept.
   */
  load(jobId: JobId, items: AsyncIterable<readonly ItemInput[]>): Promise<void>;
  counts(jobId: JobId): ItemStatusCounts;
  /**
   * The next items of a status after an index, for handing them out and for showing them: up to `limit`, fewer where
   * they are large. Empty only where there are no more.
   */
  page(jobId: JobId, status: ItemStatus | null, after: number | null, limit: number): ItemRecord[];
  find(jobId: JobId, index: number): ItemRecord | undefined;
  /**
   * Before the attempt: what is on its way is known after a crash. This and `end` reject with AppError `not-found`
   * where there is no such item, with another one where nothing was written and may be later.
   */
  begin(jobId: JobId, index: number, attempt: number): Promise<void>;
  /**
   * After it. `pending` where another attempt is to follow.
   * @param isToBeTold its end is to be told to the callback: it is among `DeliveryStore.untoldItems` with this commit
   */
  end(jobId: JobId, item: Omit<ItemRecord, 'item'>, isToBeTold?: boolean): Promise<void>;
  /** All items that are `pending` become `cancelled`. */
  cancelPending(jobId: JobId): Promise<void>;
  forget(ids: readonly JobId[]): void;
}

export interface ItemInput {
  index: number;
  item: unknown;
}

/** Opens the items that a record names, as a stream of bounded pages. */
export interface ItemSource {
  /** Throws AppError `invalid-document` with a sentence that names file, line and what was expected. */
  read(items: Items): AsyncIterable<readonly ItemInput[]>;
}

/** The queues' settings; waiting jobs are in the journal. */
export interface QueueStore {
  load(): QueueSettings[];
  save(queue: QueueSettings): void;
  remove(name: string): void;
}

/** Times of a schedule. */
export interface Cron {
  /** The first time after `after` (RFC 3339, UTC), or null where there is none. Throws AppError `bad-request`. */
  next(schedule: Schedule, after: string): string | null;
}

export interface Random {
  /** From 0 (included) to 1. */
  next(): number;
  uuid(): string;
}

/** Space on the disk that holds the data directory. */
export interface DiskSpace {
  freeBytes(): Promise<number>;
}

/** The deliveries that the journal's writes have made: which are to be sent, and where they may go. */
export interface DeliveryStore {
  /** Kept with each change, never counted: those `due`, those of them that were never tried, those `held`. */
  counts(): { due: number; untried: number; held: number };
  /** Every host (`example.org:8443`) that has a sendable delivery, and when the first of them is due (RFC 3339). */
  hosts(): { host: string; nextAttemptAt: string }[];
  /**
   * The next deliveries to a host in the order of `nextAttemptAt`, due already or not. Of a job's due deliveries to
   * one URL only the oldest is sendable: they are sent in order.
   */
  sendable(host: string, limit: number): Delivery[];
  find(id: DeliveryId): Delivery | undefined;
  /** What is sent; undefined where there is no such delivery. */
  body(id: DeliveryId): string | undefined;
  /** Oldest first. */
  ofJob(jobId: JobId): Delivery[];
  /** Newest first, of one state or of all, a page at a time. */
  page(state: DeliveryState | null, before: DeliveryId | null, limit: number): Delivery[];
  /** Those that are held because of this origin, oldest first, up to `limit`. */
  heldFor(origin: string, limit: number): Delivery[];

  /** Origins on this machine or in its network that callbacks may go to. Durable on return. */
  isAllowed(origin: string): boolean;
  allow(origins: readonly string[]): void;
  /** URLs that have answered 410. Durable on return. */
  isGone(url: string): boolean;
  setGone(url: string, isGone: boolean): void;

  /** Items that ended and are to be told, oldest first: at most `limit` of one job. */
  untoldItems(jobId: JobId, limit: number): number[];
  /** The jobs that have such items. */
  jobsWithUntoldItems(): JobId[];
}

/** One attempt of a delivery, as the sender gets it. */
export interface CallbackRequest {
  id: DeliveryId;
  url: string;
  body: string;
  /** Whether it may go to this machine and its network. */
  mayGoLocal: boolean;
}

/** How an attempt went. */
export interface CallbackReport {
  startedAt: string;
  durationMs: number;
  /**
   * `answered` has a status code. `no-answer` may be tried again. `refused` was not sent and never will be: that URL
   * is none, or leads where no callback may go. `local` was not sent because it leads to this machine or its network
   * and may not.
   */
  outcome: 'answered' | 'no-answer' | 'refused' | 'local';
  statusCode: number | null;
  /** Null for an answer of 2xx. */
  error: string | null;
  /** The beginning of the answer's body. */
  answer: string | null;
  address: string | null;
  isSigned: boolean;
  /** As long as the receiver asked to be left alone, from now. */
  retryAfterMs?: number;
}

export interface CallbackSender {
  /** One POST. Never rejects: whatever goes wrong is in the report. Broken off by `signal`, it is `no-answer`. */
  send(request: CallbackRequest, signal: AbortSignal): Promise<CallbackReport>;
}
