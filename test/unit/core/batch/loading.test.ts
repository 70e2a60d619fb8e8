import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import type { ItemSource } from '../../../../src-main/core/ports.ts';
import { aBatch, createBatchBench, failedWith } from '../../../fakes/batch-bench.ts';
import { settled } from '../../../fakes/settled.ts';

const source = (read: ItemSource['read']): ItemSource => ({ read });

describe('the items of a batch', () => {
  it('are read once: a source that has changed at the next run changes nothing', async () => {
    const first = createBatchBench();
    const job = aBatch(3, { on_interrupt: 'rerun' });
    const { abort, done } = await first.start(job);
    abort.abort('stop');
    await done;
    const next = createBatchBench({ disk: first.store.disk });
    next.executor.isAutomatic = true;
    const { done: over } = await next.start(aBatch(9, {}, { id: job.id }));
    expect((await over).counts?.total).toBe(3);
    expect(next.reads).toEqual([]);
  });

  it('with a line that is wrong fail the batch with its sentence, before anything runs', async () => {
    const bench = createBatchBench({
      source: source(async function* () {
        yield [{ index: 0, item: 'a' }];
        throw new AppError('invalid-document', 'rows.jsonl, line 2: Expected JSON, got "{".');
      }),
    });
    const job = aBatch(2);
    const { done } = await bench.start(job);
    expect(await done).toMatchObject({
      outcome: 'failed',
      error: { code: 'invalid-items', message: 'rows.jsonl, line 2: Expected JSON, got "{".' },
    });
    expect(bench.executor.runs).toEqual([]);
    expect(bench.items(job)).toEqual([]);
  });

  it('of a source that can not be opened fail the batch as well', async () => {
    const bench = createBatchBench({
      source: source(() => {
        throw new AppError('not-found', 'There is no file rows.csv.');
      }),
    });
    const { done } = await bench.start(aBatch(2));
    expect((await done).error).toEqual({ code: 'invalid-items', message: 'There is no file rows.csv.' });
  });

  it('that have an index twice are refused', async () => {
    const bench = createBatchBench({
      source: source(async function* () {
        yield [{ index: 4, item: 'a' }];
        yield [{ index: 4, item: 'b' }];
      }),
    });
    const { done } = await bench.start(aBatch(2));
    expect((await done).error).toMatchObject({
      code: 'invalid-items',
      message: expect.stringContaining('Item 4'),
    });
  });

  it('are loaded again, from the start, after a load that was ended in the middle', async () => {
    const gate = Promise.withResolvers<void>();
    const bench = createBatchBench({
      source: source(async function* () {
        yield [{ index: 0, item: 'a' }];
        await gate.promise;
        yield [{ index: 1, item: 'b' }];
      }),
    });
    const job = aBatch(2);
    const { abort, done } = await bench.start(job);
    expect(bench.runner.progress(job.id)).toMatchObject({ isLoaded: false, counts: { pending: 1 } });
    abort.abort('stop');
    gate.resolve();
    expect(await done).toMatchObject({ outcome: 'cancelled' });
    expect(bench.store.isLoaded(job.id)).toBe(false);
    bench.executor.isAutomatic = true;
    expect((await (await bench.start(job)).done).counts?.completed).toBe(2);
  });

  it('wait for a store that refuses them', async () => {
    const bench = createBatchBench();
    bench.store.refuseWith(new AppError('disk-full', 'The disk is full.'));
    await bench.start(aBatch(2));
    expect(bench.troubles).toEqual([expect.stringContaining('The disk is full.')]);
    bench.store.refuseWith(null);
    bench.clock.advance(2000);
    await settled();
    expect(bench.running()).toEqual([0, 1]);
    expect(bench.troubles.at(-1)).toBeNull();
  });
});

describe('a batch of what failed in another', () => {
  async function withEarlier() {
    const bench = createBatchBench({ concurrency: () => 9 });
    const earlier = aBatch(5);
    const { abort, done } = await bench.start(earlier);
    bench.runOf(1).end(failedWith('timeout'));
    bench.runOf(3).end();
    bench.runOf(4).end(failedWith('timeout'));
    await settled();
    return { bench, earlier, abort, done };
  }

  it('has its failed and its cancelled items, with the index they had there', async () => {
    const { bench, earlier, abort, done } = await withEarlier();
    abort.abort('cancel');
    await done;
    bench.executor.runs = [];
    const job = aBatch(0, { items: { failed_of: earlier.id }, rerun_of: earlier.id });
    await bench.start(job);
    expect(bench.executor.runs.map(({ spec }) => [spec.item, spec.itemValue])).toEqual([
      [0, 'a'],
      [1, 'b'],
      [2, 'c'],
      [4, 'e'],
    ]);
    expect(bench.reads).toHaveLength(1);
  });

  it.each<[string, (bench: Awaited<ReturnType<typeof withEarlier>>) => Promise<string>, string]>([
    ['still runs', async ({ earlier }) => earlier.id, 'still runs'],
    ['is not known', async () => aBatch(1).id, 'was deleted, or never ran here'],
    ['is no batch at all', async () => 'nonsense', 'was deleted, or never ran here'],
    [
      'completed',
      async ({ bench }) => {
        const job = aBatch(1);
        const { done } = await bench.start(job);
        bench.runOf(0).end();
        await done;
        return job.id;
      },
      'nothing to run again',
    ],
  ])('that %s fails with a sentence', async (_, idOf, sentence) => {
    const earlier = await withEarlier();
    const job = aBatch(0, { items: { failed_of: await idOf(earlier) } });
    const { done } = await earlier.bench.start(job);
    expect(await done).toMatchObject({
      outcome: 'failed',
      error: { code: 'invalid-items', message: expect.stringContaining(sentence) },
    });
  });
});
