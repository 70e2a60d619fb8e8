/** A batch runner over fakes. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import type { Items, JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import {
  type BatchRunner,
  type BatchRunnerOptions,
  createBatchRunner,
} from '../../src-main/core/batch/batch-runner.ts';
import type { AttemptReport, ItemInput, ItemSource } from '../../src-main/core/ports.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createFakeExecutor, type FakeExecutor, type FakeRun } from './fake-executor.ts';
import { type ItemDisk, type MemoryItemStore, openMemoryItemStore } from './memory-item-store.ts';
import { sampleJob } from './sample-jobs.ts';
import { settled } from './settled.ts';

export interface BatchBench {
  runner: BatchRunner;
  store: MemoryItemStore;
  executor: FakeExecutor;
  clock: FakeClock;
  /** What the listener was told: `3 completed` and so on. */
  told: string[];
  /** What it was told of the store: sentences, and null where all is well again. */
  troubles: (string | null)[];
  /** How often the source was read. */
  reads: Items[];
  /** Runs the batch; what it comes to is in `report` once it is over. */
  start(job: BatchJob): Promise<StartedBatch>;
  /** The newest attempt at an item. */
  runOf(index: number): FakeRun;
  /** Indices of the items that run, in the order of their start. */
  running(): number[];
  items(job: BatchJob): ItemRecord[];
}

export interface StartedBatch {
  abort: AbortController;
  /** Null while it runs. */
  report(): AttemptReport | null;
  done: Promise<AttemptReport>;
}

export interface BatchBenchOptions extends Partial<BatchRunnerOptions> {
  disk?: ItemDisk;
  clock?: FakeClock;
  source?: ItemSource;
}

export function createBatchBench(options: BatchBenchOptions = {}): BatchBench {
  const { disk, clock = createFakeClock() } = options;
  const store = openMemoryItemStore(disk);
  const executor = createFakeExecutor();
  const reads: Items[] = [];
  const source: ItemSource = {
    read(items) {
      reads.push(items);
      return (options.source ?? VALUES).read(items);
    },
  };
  const told: string[] = [];
  const troubles: (string | null)[] = [];
  const runner = createBatchRunner(
    { items: store, source, executor, clock, random: { next: () => 1, uuid: () => '' } },
    {
      concurrency: options.concurrency ?? (() => 2),
      storeTrouble: (message) => troubles.push(message),
    },
  );
  runner.onItemEnded((_, { index, status }) => told.push(`${index} ${status}`));

  return {
    runner,
    store,
    executor,
    clock,
    told,
    troubles,
    reads,
    async start(job) {
      const abort = new AbortController();
      let report: AttemptReport | null = null;
      const done = runner.run(job, 1, abort.signal).then((ended) => {
        report = ended;
        return ended;
      });
      await settled();
      return { abort, report: () => report, done };
    },
    runOf(index) {
      const run = executor.runs.findLast(({ spec }) => spec.item === index);
      if (run === undefined) throw new Error(`Expected item ${index} to have been started, it was not.`);
      return run;
    },
    running: () => executor.running().map(({ spec }) => spec.item ?? -1),
    items: (job) => store.page(job.id, null, null, 1_000_000),
  };
}

/** Inline values, two a page. */
const VALUES: ItemSource = {
  async *read(items) {
    const values = 'values' in items ? items.values : [];
    for (let index = 0; index < values.length; index += 2) {
      const page: ItemInput[] = values
        .slice(index, index + 2)
        .map((item, offset) => ({ index: index + offset, item }));
      yield page;
    }
  },
};

let made = 0;

/** A batch of so many items, each a letter. */
export function aBatch(count: number, request: JobdeckRequest = {}, rest: Partial<BatchJob> = {}): BatchJob {
  const values = Array.from({ length: count }, (_, index) => String.fromCharCode(97 + (index % 26)));
  made += 1;
  return { ...sampleJob(1000 + made, { items: { values }, ...request }), job_type: 'batch', ...rest };
}

export const failedWith = (code: NonNullable<AttemptReport['error']>['code'], message = 'It failed.') =>
  ({ outcome: 'failed', error: { code, message } }) as const;
