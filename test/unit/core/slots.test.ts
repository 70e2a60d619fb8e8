import { describe, expect, it } from 'vitest';
import { createFifo } from '../../../src-main/core/fifo.ts';
import { aJob, settled, startBench } from '../../fakes/runner-bench.ts';

describe('slots', () => {
  it('are given first in, first out, as many as there are', async () => {
    const { runner, executor } = await startBench({ slots: 2 });
    const jobs = [aJob(), aJob(), aJob(), aJob()];
    await runner.submit(jobs);
    await settled();
    expect(runner.status()).toMatchObject({ slots: 2, running: 2, pending: 2 });
    executor.runs[1]?.end();
    await settled();
    executor.runs[0]?.end();
    await settled();
    expect(executor.runs.map(({ spec }) => spec.jobId)).toEqual(jobs.map(({ id }) => id));
  });

  it('more of them start more at once, fewer of them end nothing', async () => {
    const { runner, executor } = await startBench({ slots: 1 });
    await runner.submit([aJob(), aJob(), aJob(), aJob()]);
    runner.setSlots(3);
    await settled();
    expect(executor.running()).toHaveLength(3);
    runner.setSlots(1);
    await settled();
    expect(executor.running()).toHaveLength(3);
    executor.runs[0]?.end();
    executor.runs[1]?.end();
    await settled();
    expect(executor.runs).toHaveLength(3);
    executor.runs[2]?.end();
    await settled();
    expect(executor.runs).toHaveLength(4);
  });

  it('are at least one, whatever is asked for', async () => {
    const { runner } = await startBench();
    for (const slots of [0, -3, Number.NaN]) {
      runner.setSlots(slots);
      expect(runner.status().slots).toBe(1);
    }
  });
});

describe('the queue', () => {
  it('keeps the order of a hundred thousand while it is filled and emptied', () => {
    const queue = createFifo<{ number: number }>();
    const taken: number[] = [];
    const takeOne = () => taken.push(queue.take()?.number ?? -1);
    for (let number = 0; number < 100_000; number += 1) {
      queue.push({ number });
      if (number % 3 === 0) takeOne();
    }
    while (taken.length < 100_000) takeOne();
    expect(queue.take()).toBeUndefined();
    expect(taken.every((number, index) => number === index)).toBe(true);
  });
});
