import { describe, expect, it } from 'vitest';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { aBatch, createBatchBench, failedWith } from '../../../fakes/batch-bench.ts';
import { sampleJob } from '../../../fakes/sample-jobs.ts';
import { settled } from '../../../fakes/settled.ts';

describe('a batch', () => {
  it('runs each of its items once, with its value, and completes', async () => {
    const bench = createBatchBench();
    bench.executor.isAutomatic = true;
    const job = aBatch(5);
    const { done } = await bench.start(job);
    expect(await done).toMatchObject({
      outcome: 'completed',
      result: {},
      counts: { total: 5, completed: 5, failed: 0, cancelled: 0 },
    });
    expect(bench.executor.runs.map(({ spec }) => [spec.item, spec.itemValue, spec.attempt])).toEqual([
      [0, 'a', 1],
      [1, 'b', 1],
      [2, 'c', 1],
      [3, 'd', 1],
      [4, 'e', 1],
    ]);
    expect(bench.items(job).map(({ status, attempts }) => `${status} ${attempts}`)).toEqual(
      Array(5).fill('completed 1'),
    );
  });

  it('hands each attempt what the job says about it', async () => {
    const bench = createBatchBench();
    const job = aBatch(
      1,
      { timeout_ms: 9, kill_grace_ms: 8, max_output_bytes: 7 },
      { agent_id: 'agent-3f0a7a52-6c1b-4b8e-9a51-0d2c8e6b7f14' },
    );
    await bench.start(job);
    expect(bench.runOf(0).spec).toEqual({
      jobId: job.id,
      attempt: 1,
      item: 0,
      itemValue: 'a',
      task: job.metadata?.jobdeck?.task,
      agentId: job.agent_id,
      timeoutMs: 9,
      killGraceMs: 8,
      maxOutputBytes: 7,
    });
  });

  it('runs as many items at a time as it says, and starts the next when one ends', async () => {
    const bench = createBatchBench();
    await bench.start(aBatch(10, { concurrency: 3 }));
    expect(bench.running()).toEqual([0, 1, 2]);
    bench.runOf(1).end();
    await settled();
    expect(bench.running()).toEqual([0, 2, 3]);
  });

  it('that does not say runs as many at a time as the runner has slots', async () => {
    const bench = createBatchBench({ concurrency: () => 4 });
    await bench.start(aBatch(10));
    expect(bench.running()).toHaveLength(4);
  });

  it('starts an item once its begin is durable, and the next one in the commit of its end', async () => {
    const bench = createBatchBench();
    await bench.start(aBatch(3, { concurrency: 1 }));
    bench.runOf(0).end();
    await settled();
    expect(bench.store.log.slice(-3)).toEqual(['begin 0', 'end 0 completed', 'begin 1']);
    bench.store.refuseWith(new Error('no'));
    bench.runOf(1).end();
    await settled();
    expect(bench.running()).toEqual([]);
  });

  it('of no items completes', async () => {
    const { done } = await createBatchBench().start(aBatch(0));
    expect(await done).toMatchObject({ outcome: 'completed', counts: { total: 0 } });
  });

  it('without items or without a task fails with a sentence', async () => {
    for (const job of [sampleJob(1), aBatch(1, { task: undefined })]) {
      const { done } = await createBatchBench().start(job);
      expect(await done).toMatchObject({ outcome: 'failed', error: { code: 'invalid-task' } });
    }
  });

  it('measures from its start to the first output of any of its items', async () => {
    const bench = createBatchBench();
    const { done } = await bench.start(aBatch(2, { concurrency: 1 }));
    bench.clock.advance(10);
    bench.runOf(0).end({ ttftNs: null });
    await settled();
    bench.clock.advance(5);
    bench.runOf(1).end({ ttftNs: 2_000_000 });
    expect(await done).toMatchObject({ durationNs: 15_000_000, ttftNs: 12_000_000 });
  });

  it('tells of each item once its end is durable', async () => {
    const bench = createBatchBench();
    await bench.start(aBatch(3));
    bench.runOf(0).end(failedWith('exit-code'));
    bench.store.refuseWith(new Error('no'));
    bench.runOf(1).end();
    await settled();
    expect(bench.told).toEqual([]);
    bench.store.refuseWith(null);
    bench.clock.advance(2000);
    await settled();
    expect(bench.told).toEqual(['0 failed', '1 completed']);
  });
});

describe('a failed item', () => {
  it('stops no other, and is kept with its result and its error', async () => {
    const bench = createBatchBench();
    const job = aBatch(3);
    const { done } = await bench.start(job);
    const result = { exit_code: 3, stdout: 'half' };
    bench.runOf(0).end({ ...failedWith('exit-code', 'Exit code 3.'), result, durationNs: 7, ttftNs: 6 });
    bench.executor.isAutomatic = true;
    bench.runOf(1).end();
    expect((await done).counts).toEqual({ total: 3, completed: 2, failed: 1, cancelled: 0 });
    expect(bench.items(job)[0]).toEqual({
      index: 0,
      item: 'a',
      status: 'failed',
      attempts: 1,
      duration_ns: 7,
      ttft_ns: 6,
      result,
      error: { code: 'exit-code', message: 'Exit code 3.' },
    });
  });

  it('of an executor that breaks its promise never to reject is a failed item like any other', async () => {
    const bench = createBatchBench();
    bench.executor.run = () => Promise.reject(new Error('out of handles'));
    const { done } = await bench.start(aBatch(1));
    expect(await done).toMatchObject({
      outcome: 'failed',
      error: { code: 'spawn', message: expect.stringContaining('1 of 1 item failed. The first: item 0:') },
    });
  });

  it.each<[NonNullable<JobdeckRequest['fail_when']> | undefined, number, string]>([
    [undefined, 1, 'failed'],
    ['any', 0, 'completed'],
    ['any', 1, 'failed'],
    ['all', 2, 'completed'],
    ['all', 3, 'failed'],
    ['never', 3, 'completed'],
  ])('with fail_when %s and %i of 3 failed makes the batch %s', async (fail_when, count, outcome) => {
    const bench = createBatchBench({ concurrency: () => 3 });
    const { done } = await bench.start(aBatch(3, { fail_when }));
    for (const index of [0, 1, 2]) bench.runOf(index).end(index < count ? failedWith('timeout') : {});
    expect((await done).outcome).toBe(outcome);
  });

  it('gives the batch its error: the code that most have, and the sentence of the first of them', async () => {
    const bench = createBatchBench({ concurrency: () => 9 });
    const { done } = await bench.start(aBatch(9));
    bench.runOf(7).end(failedWith('timeout', 'Too slow.'));
    bench.runOf(5).end(failedWith('timeout', 'Too slow as well.'));
    bench.runOf(4).end(failedWith('exit-code', 'Exit code 1.'));
    for (const { end } of bench.executor.running()) end();
    expect((await done).error).toEqual({
      code: 'timeout',
      message: '3 of 9 items failed. The first: item 4: Exit code 1.',
    });
  });
});
