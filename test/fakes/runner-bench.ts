/** A runner over fakes. */
import { DEFAULT_SETTINGS } from '#shared/contract/settings.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobEvent } from '#shared/job/events.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { newJob } from '#shared/job/new-job.ts';
import type { Task } from '#shared/job/tasks.ts';
import type { DeliveryStore, DiskSpace, QueueStore, Random } from '../../src-main/core/ports.ts';
import { createRunner } from '../../src-main/core/runner.ts';
import type { CallbackSettings, Runner, RunnerOptions } from '../../src-main/core/runner-types.ts';
import { createFakeBatches, type FakeBatches } from './fake-batches.ts';
import { createFakeCallbackSender, type FakeCallbackSender } from './fake-callback-sender.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createFakeCron } from './fake-cron.ts';
import { createFakeExecutor, type FakeExecutor } from './fake-executor.ts';
import { openMemoryDeliveries } from './memory-delivery-store.ts';
import { type Disk, type MemoryJournal, openMemoryJournal } from './memory-journal.ts';
import { createMemoryQueueStore } from './memory-queue-store.ts';
import { SAMPLE_PROFILE_ID, sampleUuid } from './sample-jobs.ts';

export interface RunnerBench {
  runner: Runner;
  journal: MemoryJournal;
  clock: FakeClock;
  executor: FakeExecutor;
  batches: FakeBatches;
  sender: FakeCallbackSender;
  deliveries: DeliveryStore;
  /** What is set about callbacks: a test may change it at any time, and then calls `callbacks.look`. */
  settings: CallbackSettings;
  /** What the listeners were told. */
  told: JobEvent[];
  /** The record as the journal has it. */
  stored(id: JobId): BatchJob;
  /** `started completed` and so on: the statuses that were committed for a job. */
  statuses(id: JobId): string;
}

export interface BenchOptions extends Partial<Omit<RunnerOptions, 'callbackSettings'>> {
  callbackSettings?: Partial<CallbackSettings>;
  disk?: Disk;
  clock?: FakeClock;
  queueStore?: QueueStore;
  diskSpace?: DiskSpace;
}

export function createBench(benchOptions: BenchOptions = {}): RunnerBench {
  const {
    disk,
    clock = createFakeClock(),
    queueStore,
    diskSpace,
    callbackSettings,
    ...options
  } = benchOptions;
  const journal = openMemoryJournal(disk);
  const executor = createFakeExecutor();
  const batches = createFakeBatches();
  const sender = createFakeCallbackSender();
  const deliveries = openMemoryDeliveries(journal.disk.deliveries);
  const settings: CallbackSettings = { ...DEFAULT_SETTINGS, ...callbackSettings };
  const runner = createRunner(
    {
      ...{ journal, clock, executor, deliveries, callbackSender: sender, batches: batches.port },
      ...{ cron: createFakeCron(), random: fakeRandom(), diskSpace },
      queueStore: queueStore ?? createMemoryQueueStore(),
    },
    {
      ...{ slots: 1, profileId: SAMPLE_PROFILE_ID, inBackground: () => false },
      ...{ callbackSettings: () => settings, ...options },
    },
  );
  const told: JobEvent[] = [];
  runner.onEvents((events) => told.push(...events));
  return {
    runner,
    journal,
    clock,
    executor,
    batches,
    sender,
    deliveries,
    settings,
    told,
    stored(id) {
      const event = journal.disk.log.findLast((event) => event.jobId === id);
      if (event === undefined) throw new Error(`Expected the journal to have ${id}, it has not.`);
      return event.job;
    },
    statuses: (id) =>
      journal.disk.log
        .filter((event) => event.jobId === id)
        .map((event) => event.job.status)
        .join(' '),
  };
}

/** The same, started. */
export async function startBench(options?: BenchOptions): Promise<RunnerBench> {
  const bench = createBench(options);
  await bench.runner.start();
  return bench;
}

let made = 0;
let drawn = 0;

/** No two ids are the same, not even of two benches; waits are not drawn: they are as long as they can be. */
function fakeRandom(): Random {
  return {
    next: () => 1 - Number.EPSILON,
    uuid() {
      drawn += 1;
      return sampleUuid(500_000 + drawn);
    },
  };
}

/** A job in status `created` that echoes. */
export function aJob(
  request: JobdeckRequest = {},
  rest: Partial<Pick<BatchJob, 'callback_url' | 'status' | 'job_type' | 'agent_id'>> = {},
): BatchJob {
  made += 1;
  const task: Task = { kind: 'command', program: 'echo', args: ['hi'] };
  const origin = { now: '2026-11-01T07:59:00.000Z', uuid: () => sampleUuid(1000 + made), by: null };
  return { ...newJob({ task, ...request }, origin), ...rest };
}

/** Resolves when everything that needs no more than promises has happened. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
