import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { aBatch, createBatchBench } from '../../../fakes/batch-bench.ts';
import { settled } from '../../../fakes/settled.ts';

const FULL = new AppError('disk-full', 'The disk is full.');

describe('a store that refuses', () => {
  it('keeps the end of an item waiting until it is written, and hands out nothing meanwhile', async () => {
    const bench = createBatchBench();
    const job = aBatch(5);
    const { done } = await bench.start(job);
    bench.store.refuseWith(FULL);
    for (const { end } of bench.executor.running()) end();
    await settled();
    expect(bench.executor.running()).toEqual([]);
    expect(bench.items(job).filter(({ status }) => status === 'running')).toHaveLength(2);
    expect(new Set(bench.troubles)).toEqual(new Set([expect.stringContaining('The disk is full.')]));
    bench.clock.advance(2000);
    await settled();
    expect(bench.executor.running()).toEqual([]);
    bench.store.refuseWith(null);
    bench.executor.isAutomatic = true;
    bench.clock.advance(2000);
    expect((await done).counts?.completed).toBe(5);
    expect(bench.executor.runs).toHaveLength(5);
    expect(bench.troubles.at(-1)).toBeNull();
  });

  it('lets a batch that is cancelled end once it takes writes again', async () => {
    const bench = createBatchBench();
    const { abort, done } = await bench.start(aBatch(5));
    bench.store.refuseWith(FULL);
    abort.abort('cancel');
    await settled();
    bench.store.refuseWith(null);
    bench.clock.advance(2000);
    expect(await done).toMatchObject({ outcome: 'cancelled', counts: { cancelled: 5 } });
  });

  it('lets a batch that is to finish leave what was not begun', async () => {
    const bench = createBatchBench();
    const job = aBatch(3);
    const { done } = await bench.start(job);
    for (const { end } of bench.executor.running()) end();
    bench.store.refuseWith(FULL);
    await settled();
    bench.runner.finish();
    bench.store.refuseWith(null);
    bench.clock.advance(2000);
    expect(await done).toMatchObject({ outcome: 'cancelled', counts: { completed: 2 } });
    expect(bench.executor.runs).toHaveLength(2);
  });
});

describe('the trouble with a store', () => {
  it('is over when nobody waits for it any more', async () => {
    const bench = createBatchBench();
    const { abort, done } = await bench.start(aBatch(2));
    bench.store.refuseWith(FULL);
    abort.abort('stop');
    await done;
    expect(bench.troubles.at(-1)).toContain('The disk is full.');
    bench.clock.advance(2000);
    expect(bench.troubles.at(-1)).toBeNull();
  });
});

describe('a listener that throws', () => {
  it('is no failure of the batch', async () => {
    const bench = createBatchBench();
    const thrown = new Promise((resolve) => process.once('unhandledRejection', resolve));
    bench.runner.onItemEnded(() => {
      throw new Error('no room for the results');
    });
    bench.executor.isAutomatic = true;
    const { done } = await bench.start(aBatch(1));
    expect((await done).outcome).toBe('completed');
    expect(await thrown).toMatchObject({ message: 'no room for the results' });
  });
});

describe('a store that can not be read', () => {
  it('fails the batch with its sentence, when the items that run have ended', async () => {
    const bench = createBatchBench({ concurrency: () => 1 });
    const { done, report } = await bench.start(aBatch(70));
    for (let index = 0; index < 63; index += 1) {
      bench.runOf(index).end();
      await settled();
    }
    bench.store.page = () => {
      throw new AppError('io', 'The disk reports an error.');
    };
    expect(report()).toBeNull();
    bench.runOf(63).end();
    expect(await done).toMatchObject({
      outcome: 'failed',
      error: { code: 'invalid-items', message: expect.stringContaining('The disk reports an error.') },
    });
  });

  it('in some rows does not complete the batch without them', async () => {
    const bench = createBatchBench();
    bench.executor.isAutomatic = true;
    const { page } = bench.store;
    bench.store.page = (...asked) => page(...asked).filter(({ index }) => index !== 1);
    const { done } = await bench.start(aBatch(3));
    expect(await done).toMatchObject({
      outcome: 'failed',
      error: { code: 'invalid-items', message: expect.stringContaining("1 of 3 items can't be read") },
    });
  });
});
