/** Runs the items of batches: one task each, a bounded number at a time, each with its own end. */
import type { Disposer } from '#shared/contract/app-api.ts';
import type { BatchProgress } from '#shared/contract/runner-state.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { ItemCounts } from '#shared/job/jobdeck-metadata.ts';
import type { AttemptReport, Clock, Executor, ItemSource, ItemStore, Random } from '../ports.ts';
import { summaryOf } from './batch-report.ts';
import { type BatchRun, startBatchRun } from './batch-run.ts';
import { settleInterrupted } from './interrupted-items.ts';
import { createStoreWrites } from './store-writes.ts';
import { createWaitTime } from './wait-time.ts';

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
  /** Undefined where the batch has no such item, or it is not kept any more. */
  findItem(id: JobId, index: number): ItemRecord | undefined;
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
  /** True of a batch whose items are told to its callback as they end; of none where absent. */
  tellsItems?: (job: BatchJob) => boolean;
  /** A sentence while the item store refuses writes, null when it takes them again. */
  storeTrouble?: (message: string | null) => void;
}

export function createBatchRunner(ports: BatchRunnerPorts, options: BatchRunnerOptions): BatchRunner {
  const { items, executor, clock } = ports;
  const writes = createStoreWrites(clock, (message) => options.storeTrouble?.(message));
  const waitTime = createWaitTime(clock);
  const active = new Map<JobId, BatchRun>();
  const listeners = new Set<Parameters<BatchRunner['onItemEnded']>[0]>();
  const tellsItems = options.tellsItems ?? (() => false);
  let isFinishing = false;

  function itemEnded(jobId: JobId, record: ItemRecord): void {
    // After this turn: what a listener throws is nothing that went wrong with the batch.
    for (const listener of listeners) void Promise.resolve().then(() => listener(jobId, record));
  }

  return {
    async run(job, _attempt, signal) {
      const { concurrency } = options;
      const isActive = (id: JobId) => active.has(id);
      const run = startBatchRun(job, signal, {
        ...ports,
        writes,
        waitTime,
        concurrency,
        isActive,
        tellsItems,
        itemEnded,
      });
      active.set(job.id, run);
      if (isFinishing) run.finish();
      try {
        return await run.report;
      } finally {
        active.delete(job.id);
      }
    },
    progress: (id) => active.get(id)?.progress() ?? null,
    async suspend(id) {
      const run = active.get(id);
      await run?.suspend();
      return run !== undefined;
    },
    async resume(id) {
      const run = active.get(id);
      await run?.resume();
      return run !== undefined;
    },
    finish() {
      isFinishing = true;
      for (const run of active.values()) run.finish();
    },
    wake() {
      waitTime.wake();
      for (const run of active.values()) run.look();
    },
    stop: writes.stop,
    async reap(job) {
      const survivors = await settleInterrupted({
        job,
        store: items,
        executor,
        writes,
        givesUp: () => false,
        tellsItems,
        failed: (item) => itemEnded(job.id, item),
      });
      return { survivors };
    },
    async cancelWaiting(id) {
      if (!items.isLoaded(id)) {
        // What a load that was cut off has left.
        await writes.persist(async () => items.forget([id]));
        return null;
      }
      await writes.persist(() => items.cancelPending(id));
      return summaryOf(items.counts(id));
    },
    forget: (ids) => items.forget(ids.filter((id) => !active.has(id))),
    findItem: items.find,
    onItemEnded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
