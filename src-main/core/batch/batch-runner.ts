/** Runs the items of batches: one task each, a bounded number at a time, each with its own end. */
import type { Disposer } from '#shared/contract/app-api.ts';
import type { BatchProgress } from '#shared/contract/runner-state.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { ItemCounts } from '#shared/job/jobdeck-metadata.ts';
import type { AttemptReport, Clock, Executor, ItemSource, ItemStore, Random } from '../ports.ts';

export interface BatchRunner {
  /**
   * Goes on with the batch where an earlier run left it, or begins it; to its end, or to that of `signal`, whose
   * reason says which: `cancel` ends it for good, `stop` leaves what did not end for the next run. Never rejects.
   */
  run(job: BatchJob, attempt: number, signal: AbortSignal): Promise<AttemptReport>;
  /** Null where it is not running. */
  progress(id: JobId): BatchProgress | null;
  /** Hands out nothing and stops the processes of the items that run. False where it is not running. */
  suspend(id: JobId): Promise<boolean>;
  resume(id: JobId): Promise<boolean>;
  /** No batch hands out anything any more. Those that run report `cancelled` when their running items have ended. */
  finish(): void;
  /** The machine woke up: waits between attempts that passed while it slept are over. */
  wake(): void;
  /** The application closes: what waits for a store that refuses tries once more, and then gives up. */
  stop(): void;
  /** Ends what a crash left running of the items, and records what their interruption means. */
  reap(job: BatchJob): Promise<{ survivors: number[] }>;
  /** A batch that waits ends: its items that are pending become `cancelled`. Null where none were loaded. */
  cancelWaiting(id: JobId): Promise<ItemCounts | null>;
  /** Drops the items of batches that do not run. */
  forget(ids: readonly JobId[]): void;
  /** Told of each item that ran and came to its end, once that is durable. */
  onItemEnded(listener: (jobId: JobId, record: ItemRecord) => void): Disposer;
}

export interface BatchRunnerPorts {
  items: ItemStore;
  source: ItemSource;
  executor: Executor;
  clock: Clock;
  random: Random;
}

export interface BatchRunnerOptions {
  /** How many items run at a time where the job does not say. */
  concurrency: () => number;
  /** A sentence while the item store refuses writes, null when it takes them again. */
  storeTrouble?: (message: string | null) => void;
}

export function createBatchRunner(_ports: BatchRunnerPorts, _options: BatchRunnerOptions): BatchRunner {
  throw new Error('Not built yet.');
}
