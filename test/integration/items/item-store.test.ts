import { describe, expect, it } from 'vitest';
import type { ItemInput } from '../../../src-main/core/ports.ts';
import { ended, indices, pagesOf, testItemStore } from '../../fakes/item-store-contract.ts';
import { sampleJob } from '../../fakes/sample-jobs.ts';
import { openItems, swept } from './harness.ts';

testItemStore('the item store on disk', () => {
  let opened = openItems();
  return {
    store: opened.store,
    reopen() {
      opened.close();
      opened = openItems(opened.directory);
      return opened.store;
    },
  };
});

const ID = sampleJob(1).id;
const NOTHING_LEFT = [{ batches: 0, items: 0, item_values: 0 }];
const COUNT_ROWS = `SELECT (SELECT count(*) FROM batches) AS batches, (SELECT count(*) FROM items) AS items,
  (SELECT count(*) FROM item_values) AS item_values`;

async function* largePages(pages: number, itemsPerPage: number, text = ''): AsyncGenerator<ItemInput[]> {
  for (let page = 0; page < pages; page += 1) {
    yield Array.from({ length: itemsPerPage }, (_, at) => ({
      index: page * itemsPerPage + at,
      item: { text },
    }));
  }
}

/** How often the event loop had its turn while `work` was under way. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  await work;
  isOver = true;
  return turns;
}

/** Of ten thousand items, at most 256 a turn. */
const LEAST_TURNS = 10_000 / 256 - 1;

describe('many items', () => {
  it('let the event loop have its turns while they are loaded, cancelled and dropped', async () => {
    const opened = openItems();
    expect(await turnsDuring(opened.store.load(ID, largePages(2, 5000)))).toBeGreaterThan(LEAST_TURNS);
    expect(await turnsDuring(opened.store.cancelPending(ID))).toBeGreaterThan(LEAST_TURNS);
    expect(opened.store.counts(ID).cancelled).toBe(10_000);
    opened.store.forget([ID]);
    expect(await turnsDuring(swept(opened))).toBeGreaterThan(LEAST_TURNS);
    expect(opened.rows(COUNT_ROWS)).toEqual(NOTHING_LEFT);
  });

  it('that are large come in small pages, and none is left out', async () => {
    const { store } = openItems();
    await store.load(ID, largePages(1, 30, 'x'.repeat(100_000)));
    const found: number[] = [];
    let pages = 0;
    for (;;) {
      const page = indices(store.page(ID, 'pending', found.at(-1) ?? null, 100));
      if (page.length === 0) break;
      found.push(...page);
      pages += 1;
    }
    expect(found).toEqual(Array.from({ length: 30 }, (_, index) => index));
    expect(pages).toBe(3);
  });
});

describe('a load that a crash cut off', () => {
  it('is not loaded, and the next one drops what it left', async () => {
    const first = openItems();
    await first.store.load(ID, pagesOf([0, 1, 2]));
    // What a crash before the last write leaves.
    first.sql('UPDATE batches SET loaded = 0');
    first.close();
    const again = openItems(first.directory);
    expect(again.store.isLoaded(ID)).toBe(false);
    await again.store.load(ID, pagesOf([5]));
    expect(indices(again.store.page(ID, null, null, 10))).toEqual([5]);
    await swept(again);
    expect(again.rows(COUNT_ROWS)).toEqual([{ batches: 1, items: 1, item_values: 1 }]);
  });

  it('and whose job was forgotten is dropped at the next start', async () => {
    const first = openItems();
    await first.store.load(ID, largePages(1, 1000));
    first.store.forget([ID]);
    first.close();
    const again = openItems(first.directory);
    await swept(again);
    expect(again.rows(COUNT_ROWS)).toEqual(NOTHING_LEFT);
  });
});

describe('a batch that is forgotten while it is loaded', () => {
  it('ends the load, and nothing of it stays', async () => {
    const opened = openItems();
    const pages = (async function* () {
      yield* pagesOf([0]);
      opened.store.forget([ID]);
      yield* pagesOf([1]);
    })();
    await expect(opened.store.load(ID, pages)).rejects.toMatchObject({ code: 'not-found' });
    await swept(opened);
    expect(opened.rows(COUNT_ROWS)).toEqual(NOTHING_LEFT);
  });
});

describe('a damaged row', () => {
  it.each([
    ['whose value is not JSON', `UPDATE item_values SET item = '{"a":' WHERE idx = 1`],
    ['whose outcome is not JSON', `UPDATE items SET outcome = 'x' WHERE idx = 1`],
    ['whose outcome is no object', `UPDATE items SET outcome = '[]' WHERE idx = 1`],
    [
      'whose error has no known code',
      `UPDATE items SET outcome = '{"error":{"code":"odd","message":""}}' WHERE idx = 1`,
    ],
    ['whose duration is no number', `UPDATE items SET outcome = '{"duration_ns":"1"}' WHERE idx = 1`],
  ])('%s is named once, and the rest stays readable', async (_, damage) => {
    const { store, sql, problems } = openItems();
    await store.load(ID, pagesOf([0, 1, 2]));
    sql(damage);
    for (let round = 0; round < 2; round += 1) expect(indices(store.page(ID, null, null, 2))).toEqual([0, 2]);
    expect(() => store.find(ID, 1)).toThrow(expect.objectContaining({ code: 'invalid-document' }));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`Item 1 of ${ID}`);
  });
});

describe('a full disk', () => {
  it('refuses with a sentence, leaves counts and items as they were, and goes on when there is room', async () => {
    const { store, sql, rows } = openItems();
    await store.load(ID, pagesOf([0, 1]));
    const pages = Number(rows('PRAGMA page_count')[0]?.page_count);
    sql(`PRAGMA max_page_count = ${pages}`);
    const large = { ...ended(1, 'failed'), result: { stdout: 'x'.repeat(100_000) } };
    const refused = await Promise.allSettled([store.begin(ID, 0, 1), store.end(ID, large)]);
    for (const result of refused) expect(result).toMatchObject({ reason: { code: 'disk-full' } });
    expect(store.counts(ID)).toMatchObject({ pending: 2, running: 0 });
    sql('PRAGMA max_page_count = 1000000');
    await store.end(ID, large);
    expect(store.counts(ID)).toMatchObject({ pending: 1, failed: 1 });
  });
});
