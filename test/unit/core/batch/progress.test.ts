import { describe, expect, it } from 'vitest';
import { createThroughput } from '../../../../src-main/core/batch/throughput.ts';
import { aBatch, createBatchBench, failedWith } from '../../../fakes/batch-bench.ts';
import { settled } from '../../../fakes/settled.ts';

/** Ends so many items, each so long after the one before it. */
async function endSome(bench: ReturnType<typeof createBatchBench>, count: number, eachMs: number) {
  for (let ended = 0; ended < count; ended += 1) {
    bench.clock.advance(eachMs);
    bench.executor.running()[0]?.end();
    await settled();
  }
}

describe('the progress of a batch', () => {
  it('counts its items, and guesses nothing while too few have ended', async () => {
    const bench = createBatchBench();
    const job = aBatch(20);
    await bench.start(job);
    bench.runOf(0).end(failedWith('timeout'));
    await settled();
    expect(bench.runner.progress(job.id)).toEqual({
      isLoaded: true,
      counts: { pending: 17, running: 2, completed: 0, failed: 1, cancelled: 0 },
      itemsPerSecond: null,
      etaMs: null,
    });
  });

  it('has a rate and a time to go from the items that ended of late', async () => {
    const bench = createBatchBench();
    const job = aBatch(20);
    await bench.start(job);
    await endSome(bench, 10, 500);
    expect(bench.runner.progress(job.id)).toMatchObject({ itemsPerSecond: 2, etaMs: 5000 });
  });

  it('takes the time that it was suspended for no time at all', async () => {
    const bench = createBatchBench();
    const job = aBatch(40);
    await bench.start(job);
    await endSome(bench, 10, 500);
    await bench.runner.suspend(job.id);
    expect(bench.runner.progress(job.id)).toMatchObject({ itemsPerSecond: null, etaMs: null });
    bench.clock.advance(3_600_000);
    await bench.runner.resume(job.id);
    await endSome(bench, 10, 250);
    expect(bench.runner.progress(job.id)).toMatchObject({ itemsPerSecond: 4, etaMs: 5000 });
  });

  it('is none of a batch that does not run', async () => {
    const bench = createBatchBench();
    const job = aBatch(1);
    expect(bench.runner.progress(job.id)).toBeNull();
    const { done } = await bench.start(job);
    bench.runOf(0).end();
    await done;
    expect(bench.runner.progress(job.id)).toBeNull();
  });
});

describe('throughput', () => {
  it('is that of the last half minute', () => {
    const throughput = createThroughput(0);
    for (let second = 1; second <= 60; second += 1) throughput.ended(second * 1000);
    for (let tenth = 1; tenth <= 100; tenth += 1) throughput.ended(60_000 + tenth * 100);
    for (let tenth = 1; tenth <= 200; tenth += 1) throughput.ended(70_000 + tenth * 100);
    expect(throughput.perSecond(90_000)).toBeCloseTo(10);
  });

  it('sinks while nothing ends', () => {
    const throughput = createThroughput(0);
    for (let second = 1; second <= 10; second += 1) throughput.ended(second * 1000);
    expect(throughput.perSecond(10_000)).toBe(1);
    expect(throughput.perSecond(20_000)).toBe(0.5);
  });

  it('of slow items is known from the last few, however long they took', () => {
    const throughput = createThroughput(0);
    for (let minute = 1; minute <= 20; minute += 1) throughput.ended(minute * 60_000);
    expect(throughput.perSecond(20 * 60_000)).toBeCloseTo(1 / 60);
  });

  it('that takes no time is not known', () => {
    const throughput = createThroughput(0);
    for (let ended = 0; ended < 10; ended += 1) throughput.ended(0);
    expect(throughput.perSecond(0)).toBeNull();
  });
});
