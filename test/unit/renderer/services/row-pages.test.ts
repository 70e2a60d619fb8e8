import { describe, expect, it } from 'vitest';
import {
  type Chain,
  firstPage,
  pagesInSight,
  type RowOrder,
  rowsOf,
  slimmed,
  withMore,
  withPage,
} from '../../../../src-renderer/services/row-pages/page-chain.ts';

interface Row {
  id: string;
  at: number;
}

const ORDER: RowOrder<Row, number> = {
  keyOf: (row) => row.id,
  cursorOf: (row) => row.at,
  compare: (one, other) => other - one,
};

const row = (id: string, at: number): Row => ({ id, at });
const ids = (pages: Chain<Row, number>) => rowsOf(pages, ORDER).map(({ id }) => id);
const read = (pages: Chain<Row, number>, start: number | null, rows: Row[], next: number | null) =>
  withPage(pages, start, { rows, next }, ORDER);

/** Two pages of two, and more below. */
function twoPages(): Chain<Row, number> {
  const first = read([firstPage<Row, number>()], null, [row('a', 9), row('b', 8)], 8);
  return read(withMore(first), 8, [row('c', 7), row('d', 6)], 6);
}

describe('a chain of pages', () => {
  it('grows at its end until there is nothing more', () => {
    expect(ids(twoPages())).toEqual(['a', 'b', 'c', 'd']);
    const whole = read(withMore(twoPages()), 6, [row('e', 5)], null);
    expect(withMore(whole)).toBe(whole);
  });

  it('shows a row that has moved up where it is now, and not where it was', () => {
    const moved = read(twoPages(), null, [row('d', 10), row('a', 9)], 9);
    expect(ids(moved)).toEqual(['d', 'a', 'c']);
    expect(ids(read(moved, 9, [row('b', 8)], 8))).toEqual(['d', 'a', 'b', 'c']);
  });

  it('puts a page between two that no longer meet', () => {
    const pages = read(twoPages(), null, [row('x', 11), row('y', 10)], 10);
    expect(pages.map((page) => page.start)).toEqual([null, 10, 8]);
    expect(pages[1]?.next).toBeUndefined();
  });

  it('keeps little of the pages that are not watched, until they are read again', () => {
    const slim = ({ id, at }: Row): Row => ({ id: id.toUpperCase(), at });
    const pages = slimmed(twoPages(), (page) => page.start === null, slim);
    expect(ids(pages)).toEqual(['a', 'b', 'C', 'D']);
    expect(slimmed(pages, (page) => page.start === null, slim)).toBe(pages);
    expect(ids(read(pages, 8, [row('c', 7), row('d', 6)], 6))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('watches what is seen, one page on either side, and what is still to be read', () => {
    const pages = withMore(read(withMore(twoPages()), 6, [row('e', 5), row('f', 4)], 4));
    expect(pagesInSight(pages, 0, 1).map((page) => page.start)).toEqual([null, 8, 6, 4]);
    expect(pagesInSight(read(pages, 4, [row('g', 3)], null), 0, 1).map((page) => page.start)).toEqual([
      null,
      8,
    ]);
  });
});
