/** What every item store keeps: the one in memory that the core is tested with, and the one on disk. */
import { describe, expect, it } from 'vitest';
import type { ItemRecord, ItemStatus } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { ItemInput, ItemStore } from '../../src-main/core/ports.ts';
import { sampleJob } from './sample-jobs.ts';

export interface OpenedItemStore {
  store: ItemStore;
  /** Closes it and opens the same again. */
  reopen(): ItemStore;
}

const ONE = sampleJob(1).id;
const OTHER = sampleJob(2).id;

/** Pages of items whose value says their index. */
export async function* pagesOf(...pages: readonly number[][]): AsyncGenerator<ItemInput[]> {
  for (const page of pages) yield page.map((index) => ({ index, item: { name: `n${index}` } }));
}

/** How the attempt of an item ended. */
export function ended(index: number, status: ItemStatus, attempts = 1): Omit<ItemRecord, 'item'> {
  return {
    index,
    status,
    attempts,
    duration_ns: 5_000_000,
    ttft_ns: null,
    result: { exit_code: status === 'completed' ? 0 : 3, stdout: 'hé\n' },
    error: status === 'completed' ? null : { code: 'exit-code', message: 'It ended with exit code 3.' },
  };
}

export const indices = (items: readonly ItemRecord[]) => items.map(({ index }) => index);

async function* failing(): AsyncGenerator<ItemInput[]> {
  yield [{ index: 0, item: 'a' }];
  throw new Error('Line 2 is wrong.');
}

export function testItemStore(name: string, open: () => OpenedItemStore): void {
  async function loaded(count = 5, jobId: JobId = ONE) {
    const opened = open();
    const numbers = Array.from({ length: count }, (_, index) => index);
    await opened.store.load(jobId, pagesOf(numbers));
    return opened;
  }

  describe(name, () => {
    it('has all items pending once they are loaded, in the order of their index', async () => {
      const { store } = open();
      expect(store.isLoaded(ONE)).toBe(false);
      await store.load(ONE, pagesOf([7, 3], [5]));
      expect(store.isLoaded(ONE)).toBe(true);
      expect(store.counts(ONE)).toEqual({ pending: 3, running: 0, completed: 0, failed: 0, cancelled: 0 });
      expect(store.page(ONE, 'pending', null, 10).map(({ index, item }) => [index, item])).toEqual([
        [3, { name: 'n3' }],
        [5, { name: 'n5' }],
        [7, { name: 'n7' }],
      ]);
      expect(store.find(ONE, 5)).toEqual({
        index: 5,
        item: { name: 'n5' },
        status: 'pending',
        attempts: 0,
        duration_ns: null,
        ttft_ns: null,
        result: null,
        error: null,
      });
    });

    it('keeps any JSON value as an item', async () => {
      const { store } = open();
      const values = ['text', 1.5, null, true, [], { deep: [{ é: '\u0000\ud83d\ude00' }] }];
      await store.load(
        ONE,
        (async function* () {
          yield values.map((item, index) => ({ index, item }));
        })(),
      );
      expect(store.page(ONE, null, null, 10).map(({ item }) => item)).toEqual(values);
    });

    it('knows nothing of a job that it has no items of', () => {
      const { store } = open();
      expect(store.counts(ONE)).toEqual({ pending: 0, running: 0, completed: 0, failed: 0, cancelled: 0 });
      expect(store.page(ONE, null, null, 10)).toEqual([]);
      expect(store.find(ONE, 0)).toBeUndefined();
    });

    it('keeps nothing of a load that failed, says why, and takes the next one', async () => {
      const { store } = open();
      await expect(store.load(ONE, failing())).rejects.toThrow('Line 2 is wrong.');
      expect(store.isLoaded(ONE)).toBe(false);
      expect(store.page(ONE, null, null, 10)).toEqual([]);
      await store.load(ONE, pagesOf([0, 1]));
      expect(store.counts(ONE).pending).toBe(2);
    });

    it('refuses an index that is there twice, in one page or in two, and keeps nothing', async () => {
      const { store } = open();
      for (const pages of [pagesOf([0, 1, 0]), pagesOf([0], [1, 0])]) {
        await expect(store.load(ONE, pages)).rejects.toMatchObject({ code: 'invalid-document' });
        expect(store.counts(ONE).pending).toBe(0);
      }
    });

    it('refuses to load a second time what it has', async () => {
      const { store } = await loaded();
      await expect(store.load(ONE, pagesOf([0]))).rejects.toMatchObject({ code: 'conflict' });
      expect(store.counts(ONE).pending).toBe(5);
    });

    it('knows after the next start what was on its way and what had ended', async () => {
      const opened = await loaded();
      await opened.store.begin(ONE, 0, 1);
      await opened.store.begin(ONE, 1, 1);
      await opened.store.end(ONE, ended(1, 'failed'));
      await opened.store.begin(ONE, 2, 1);
      await opened.store.end(ONE, ended(2, 'pending'));
      await opened.store.begin(ONE, 2, 2);
      const store = opened.reopen();
      expect(store.counts(ONE)).toEqual({ pending: 2, running: 2, completed: 0, failed: 1, cancelled: 0 });
      expect(indices(store.page(ONE, 'running', null, 10))).toEqual([0, 2]);
      expect(store.find(ONE, 1)).toEqual({ ...ended(1, 'failed'), item: { name: 'n1' } });
      // What the last attempt came to stays until the next one has ended.
      expect(store.find(ONE, 2)).toMatchObject({
        status: 'running',
        attempts: 2,
        error: { code: 'exit-code' },
      });
    });

    it('gives the items of a status a page at a time', async () => {
      const { store } = await loaded(10);
      for (const index of [1, 4, 6, 8]) await store.end(ONE, ended(index, 'failed'));
      const first = store.page(ONE, 'failed', null, 3);
      expect(indices(first)).toEqual([1, 4, 6]);
      expect(indices(store.page(ONE, 'failed', 6, 3))).toEqual([8]);
      expect(store.page(ONE, 'failed', 8, 3)).toEqual([]);
      expect(indices(store.page(ONE, null, 7, 10))).toEqual([8, 9]);
    });

    it('cancels all that is pending and nothing else', async () => {
      const { store } = await loaded(1000);
      await store.begin(ONE, 0, 1);
      await store.end(ONE, ended(1, 'completed'));
      await store.cancelPending(ONE);
      expect(store.counts(ONE)).toEqual({ pending: 0, running: 1, completed: 1, failed: 0, cancelled: 998 });
      expect(indices(store.page(ONE, 'cancelled', 900, 2))).toEqual([901, 902]);
    });

    it('says so where there is no such item', async () => {
      const { store } = await loaded(2);
      await expect(store.begin(ONE, 2, 1)).rejects.toMatchObject({ code: 'not-found' });
      await expect(store.end(OTHER, ended(0, 'failed'))).rejects.toMatchObject({ code: 'not-found' });
    });

    it('forgets the items of a job and keeps those of others', async () => {
      const opened = await loaded(3);
      await opened.store.load(OTHER, pagesOf([0, 1]));
      opened.store.forget([ONE]);
      for (const open of [() => opened.store, opened.reopen]) {
        const store = open();
        expect(store.isLoaded(ONE)).toBe(false);
        expect(store.page(ONE, null, null, 10)).toEqual([]);
        expect(store.counts(OTHER).pending).toBe(2);
      }
    });
  });
}
