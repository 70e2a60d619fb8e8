import { describe, expect, it } from 'vitest';
import type { QueueSettings } from '#shared/contract/runner-state.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { createMemoryQueueStore } from '../../fakes/memory-queue-store.ts';
import { aJob, createBench, type RunnerBench, settled, startBench } from '../../fakes/runner-bench.ts';

const queue = (name: string, settings: Partial<QueueSettings> = {}): QueueSettings => ({
  ...{ name, slots: null, mode: 'open' },
  ...settings,
});

/** The order in which jobs are started, one at a time. */
async function orderOf({ executor }: RunnerBench, jobs: readonly BatchJob[]): Promise<number[]> {
  for (let turn = 0; turn < jobs.length; turn += 1) {
    executor.running()[0]?.end();
    await settled();
  }
  return executor.runs
    .map(({ spec }) => jobs.findIndex(({ id }) => id === spec.jobId))
    .filter((index) => index >= 0);
}

/** A bench whose only slot is taken, so that what is submitted waits. */
async function busyBench(): Promise<RunnerBench> {
  const bench = await startBench();
  await bench.runner.submit([aJob()]);
  await settled();
  return bench;
}

describe('a queue', () => {
  it('runs higher priorities first, and equal ones in the order of submission', async () => {
    const bench = await busyBench();
    const jobs = [0, 5, -1, 5, 0].map((priority) => aJob({ priority }));
    await bench.runner.submit(jobs);
    expect(await orderOf(bench, jobs)).toEqual([1, 3, 0, 4, 2]);
  });

  it('runs no more at a time than it has slots, and leaves the others to other queues', async () => {
    const { runner, executor } = await startBench({ slots: 4 });
    runner.saveQueue(queue('gpu', { slots: 1 }));
    const gpu = [aJob({ queue: 'gpu' }), aJob({ queue: 'gpu' })] as const;
    await runner.submit([...gpu, aJob(), aJob()]);
    await settled();
    expect(executor.running()).toHaveLength(3);
    expect(runner.status().queues).toEqual([
      { ...queue('default'), running: 2, pending: 0 },
      { ...queue('gpu', { slots: 1 }), running: 1, pending: 1 },
    ]);
    executor.runOf(gpu[0].id).end();
    await settled();
    expect(executor.runOf(gpu[1].id).hasEnded).toBe(false);
  });

  it('shares the slots of the runner by priority, then by age', async () => {
    const bench = await busyBench();
    const jobs = [
      aJob({ queue: 'b', priority: 1 }),
      aJob({ queue: 'a' }),
      aJob({ queue: 'b' }),
      aJob({ queue: 'a', priority: 2 }),
    ];
    await bench.runner.submit(jobs);
    expect(await orderOf(bench, jobs)).toEqual([3, 0, 1, 2]);
  });

  it('that is paused starts nothing until it is opened, and others go on', async () => {
    const { runner, executor } = await startBench({ slots: 2 });
    runner.saveQueue(queue('night', { mode: 'paused' }));
    const [waits, runs] = [aJob({ queue: 'night' }), aJob()];
    await runner.submit([waits, runs]);
    await settled();
    expect(executor.runs.map(({ spec }) => spec.jobId)).toEqual([runs.id]);
    runner.saveQueue(queue('night'));
    await settled();
    expect(executor.runs).toHaveLength(2);
  });

  it('that drains refuses new jobs with a sentence, and runs what it has', async () => {
    const { runner, executor } = await startBench();
    const [first, second, late] = [aJob(), aJob(), aJob()];
    await runner.submit([first, second]);
    runner.saveQueue(queue('default', { mode: 'draining' }));
    const { accepted, refused } = await runner.submit([late, first]);
    expect(accepted).toEqual([first.id]);
    expect(refused).toEqual([
      { id: late.id, error: { code: 'conflict', message: expect.stringContaining('draining') } },
    ]);
    executor.isAutomatic = true;
    executor.running()[0]?.end();
    await runner.idle();
    expect(executor.runs).toHaveLength(2);
  });

  it('keeps its settings over a restart', async () => {
    const store = createMemoryQueueStore();
    const before = await startBench({ queueStore: store });
    before.runner.saveQueue(queue('night', { mode: 'paused', slots: 2 }));
    const after = createBench({ queueStore: store });
    expect(after.runner.status().queues).toContainEqual({
      ...queue('night', { mode: 'paused', slots: 2 }),
      ...{ running: 0, pending: 0 },
    });
  });

  it('is not removed while it has jobs, and is gone afterwards', async () => {
    const { runner, executor } = await startBench();
    runner.saveQueue(queue('gpu', { slots: 1 }));
    const job = aJob({ queue: 'gpu' });
    await runner.submit([job]);
    await settled();
    expect(() => runner.removeQueue('gpu')).toThrow(expect.objectContaining({ code: 'conflict' }));
    executor.runOf(job.id).end();
    await runner.idle();
    runner.removeQueue('gpu');
    expect(runner.status().queues.map(({ name }) => name)).toEqual(['default']);
  });

  it('whose settings can not be kept keeps those it has', async () => {
    const queueStore = createMemoryQueueStore();
    const { runner } = await startBench({ queueStore });
    queueStore.save = () => {
      throw new Error('The disk is full.');
    };
    expect(() => runner.saveQueue(queue('default', { mode: 'paused' }))).toThrow('full');
    expect(runner.status().queues[0]?.mode).toBe('open');
  });

  it('gives an interrupted job its old place again after a restart', async () => {
    const before = await startBench();
    const jobs = [aJob({ on_interrupt: 'rerun' }), aJob(), aJob({ priority: 1 })];
    await before.runner.submit([jobs[0] as BatchJob]);
    await settled();
    await before.runner.submit(jobs.slice(1));
    const after = await startBench({ disk: before.journal.disk });
    await settled();
    expect(await orderOf(after, jobs)).toEqual([2, 0, 1]);
  });
});

describe('the status', () => {
  it('counts what waits and runs in each queue, and forgets queues that have neither settings nor jobs', async () => {
    const { runner, executor } = await startBench();
    await runner.submit([aJob({ queue: 'b' }), aJob({ queue: 'a' })]);
    await settled();
    expect(runner.status().queues.map(({ name, running, pending }) => [name, running, pending])).toEqual([
      ['default', 0, 0],
      ['a', 0, 1],
      ['b', 1, 0],
    ]);
    executor.isAutomatic = true;
    executor.running()[0]?.end();
    await runner.idle();
    expect(runner.status().queues.map(({ name }) => name)).toEqual(['default']);
  });
});
