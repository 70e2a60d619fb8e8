/** A batch runner whose batches end when a test says so. */

import type { BatchProgress } from '#shared/contract/runner-state.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { ItemCounts } from '#shared/job/jobdeck-metadata.ts';
import type { AttemptReport } from '../../src-main/core/ports.ts';
import type { RunnerPorts } from '../../src-main/core/runner.ts';
import { endedReport } from './fake-executor.ts';

export interface FakeBatchRun {
  job: BatchJob;
  attempt: number;
  signal: AbortSignal;
  end(report?: Partial<AttemptReport>): void;
}

export interface FakeBatches {
  port: RunnerPorts['batches'];
  runs: FakeBatchRun[];
  /** The newest run of a batch. */
  runOf(id: JobId): FakeBatchRun;
  suspended: Set<JobId>;
  reaped: JobId[];
  survivors: number[];
  forgotten: JobId[];
  isFinishing: boolean;
  wakes: number;
  /** What the items of a waiting batch come to when it is cancelled. */
  cancelledCounts: ItemCounts | null;
  /** What `findItem` finds. */
  items: Map<string, ItemRecord>;
  /** An item came to its end, and that is durable. */
  endItem(id: JobId, record: ItemRecord): void;
  /** Batches complete at once. */
  isAutomatic: boolean;
}

export const SOME_COUNTS: ItemCounts = { total: 3, completed: 3, failed: 0, cancelled: 0 };

const PROGRESS: BatchProgress = {
  isLoaded: true,
  counts: { pending: 1, running: 1, completed: 1, failed: 0, cancelled: 0 },
  itemsPerSecond: null,
  etaMs: null,
};

export function createFakeBatches(): FakeBatches {
  const running = new Map<JobId, FakeBatchRun>();
  const listeners = new Set<(id: JobId, record: ItemRecord) => void>();
  const batches: FakeBatches = {
    runs: [],
    runOf(id) {
      const run = batches.runs.findLast(({ job }) => job.id === id);
      if (run === undefined) throw new Error(`Expected the batch ${id} to have been started, it was not.`);
      return run;
    },
    suspended: new Set(),
    reaped: [],
    survivors: [],
    forgotten: [],
    isFinishing: false,
    wakes: 0,
    cancelledCounts: null,
    items: new Map(),
    endItem(id, record) {
      batches.items.set(`${id} ${record.index}`, record);
      for (const listener of listeners) listener(id, record);
    },
    isAutomatic: false,
    port: {
      run(job, attempt, signal) {
        return new Promise((resolve) => {
          const end: FakeBatchRun['end'] = (report) => {
            running.delete(job.id);
            resolve({ ...endedReport(), result: {}, counts: SOME_COUNTS, ...report });
          };
          const run = { job, attempt, signal, end };
          batches.runs.push(run);
          running.set(job.id, run);
          signal.addEventListener('abort', () => end({ outcome: 'cancelled' }));
          if (batches.isAutomatic) end();
        });
      },
      progress: (id) => (running.has(id) ? PROGRESS : null),
      async suspend(id) {
        if (running.has(id)) batches.suspended.add(id);
        return running.has(id);
      },
      async resume(id) {
        batches.suspended.delete(id);
        return running.has(id);
      },
      finish() {
        batches.isFinishing = true;
        for (const run of [...running.values()]) run.end({ outcome: 'cancelled' });
      },
      wake() {
        batches.wakes += 1;
      },
      stop() {},
      async reap(job) {
        batches.reaped.push(job.id);
        return { survivors: batches.survivors };
      },
      cancelWaiting: async () => batches.cancelledCounts,
      forget(ids) {
        batches.forgotten.push(...ids);
      },
      findItem: (id, index) => batches.items.get(`${id} ${index}`),
      onItemEnded(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
  return batches;
}
