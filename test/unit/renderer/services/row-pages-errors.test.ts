import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { RowOrder } from '../../../../src-renderer/services/row-pages/page-chain.ts';
import { type ReadPage, RowPages } from '../../../../src-renderer/services/row-pages/row-pages.ts';

const ORDER: RowOrder<number, number> = {
  keyOf: String,
  cursorOf: (row) => row,
  compare: (one, other) => other - one,
};

/** The pages of one row, whose first readings fail. */
function failing(times: number) {
  let tries = 0;
  const read: ReadPage<number, number> = async () => {
    tries += 1;
    if (tries <= times) throw new Error('Committed too early.');
    return { rows: [7], next: null };
  };
  const pages = new RowPages(read, ORDER);
  return { pages, tries: () => tries };
}

function until(pages: RowPages<number, number>, isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isSo()) resolve();
    };
    pages.subscribe(look);
    look();
  });
}

describe('a page that could not be read', () => {
  it('is read again', async () => {
    const { pages } = failing(2);
    await until(pages, () => pages.getSnapshot().isRead);
    expect(pages.getSnapshot()).toMatchObject({ rows: [7], error: null });
  });

  it('is told of where it fails on, and tried again as one scrolls', async () => {
    const { pages, tries } = failing(4);
    await until(pages, () => pages.getSnapshot().error !== null);
    expect(tries()).toBe(3);
    expect(pages.getSnapshot()).toMatchObject({ isRead: false, error: new Error('Committed too early.') });
    const told = pages.getSnapshot();
    pages.setSight(0, 10);
    await until(pages, () => pages.getSnapshot() !== told);
    expect(tries()).toBe(4);
    pages.setSight(0, 11);
    await until(pages, () => pages.getSnapshot().isRead);
    expect(pages.getSnapshot()).toMatchObject({ rows: [7], error: null });
  });
});
