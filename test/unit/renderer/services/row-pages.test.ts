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

  it('has a page between that shows few rows reach further up, in place of one more for each row that comes', () => {
    let pages = read(twoPages(), null, [row('y', 10), row('a', 9)], 9);
    pages = read(pages, 9, [row('b', 8), row('c', 7)], 7);
    expect(pages.map((page) => page.start)).toEqual([null, 9, 8]);
    pages = read(pages, null, [row('x', 11), row('y', 10)], 10);
    expect(pages.map((page) => page.start)).toEqual([null, 10, 8]);
    expect(pages[1]?.next).toBeUndefined();
    pages = read(pages, 10, [row('a', 9), row('b', 8)], 8);
    expect(ids(pages)).toEqual(['x', 'y', 'a', 'b', 'c', 'd']);
  });

  it('shows a row that has moved down out of an unwatched page where a watched one has it', () => {
    const left = slimmed(
      twoPages(),
      (page) => page.start === 8,
      (each) => each,
    );
    const moved = read(left, 8, [row('c', 7), row('a', 6.5)], 6.5);
    expect(ids(moved)).toEqual(['b', 'c', 'a']);
  });

  it('watches the pages of the rows that it shows, whatever else they hold', () => {
    const whole = read(
      withMore(read(withMore(twoPages()), 6, [row('e', 5), row('f', 4)], 4)),
      4,
      [row('g', 3)],
      null,
    );
    // Of the first page nothing is left to show: what it read is below where the next one begins.
    const emptied = read(whole, null, [row('e', 5), row('f', 4)], 4);
    expect(ids(emptied).slice(0, 2)).toEqual(['c', 'd']);
    expect(pagesInSight(emptied, 0, 2, ORDER).map((page) => page.start)).toEqual([null, 8, 6, 4]);
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
    expect(pagesInSight(pages, 0, 1, ORDER).map((page) => page.start)).toEqual([null, 8, 6, 4]);
    const whole = read(pages, 4, [row('g', 3)], null);
    expect(pagesInSight(whole, 0, 1, ORDER).map((page) => page.start)).toEqual([null, 8]);
  });
});
