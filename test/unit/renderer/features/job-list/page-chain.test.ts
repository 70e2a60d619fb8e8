import { describe, expect, it } from 'vitest';
import type { JobRow } from '../../../../../src-renderer/db/job-row.ts';
import type { Cursor } from '../../../../../src-renderer/db/queries.ts';
import {
  FIRST_PAGE,
  type Page,
  pagesInSight,
  rowsOf,
  withMore,
  withPage,
} from '../../../../../src-renderer/features/job-list/page-chain.ts';

const row = (at: number) => ({ id: `job-${at}`, createdAtMs: at, key: at }) as unknown as JobRow;
const at = (time: number): Cursor => ({ createdAtMs: time, key: time });

/** Reads a page of `times` (newest first) as the history would. */
function read(times: readonly number[], start: Cursor | null, limit = 2) {
  const rest = times.filter((time) => start === null || time < start.createdAtMs);
  const rows = rest.slice(0, limit).map(row);
  const last = rows.at(-1);
  return { rows, next: rest.length > limit && last ? at(last.createdAtMs) : null };
}

/** Reads pages anew until every one of them is read, as watching them does. */
function settle(pages: readonly Page[], times: readonly number[]): readonly Page[] {
  let settled = pages;
  for (let round = 0; round < 20; round += 1) {
    for (const page of settled) settled = withPage(settled, page.start, read(times, page.start));
    if (settled.every((page) => page.next !== undefined)) return settled;
  }
  throw new Error('Expected the chain to come to rest.');
}

const timesOf = (pages: readonly Page[]) => rowsOf(pages).map((each) => each.createdAtMs);

describe('a chain of pages', () => {
  const times = [90, 80, 70, 60, 50, 40];
  const two = settle(withMore(settle([FIRST_PAGE], times)), times);

  it('grows page by page', () => {
    expect(timesOf(two)).toEqual([90, 80, 70, 60]);
    expect(timesOf(settle(withMore(two), times))).toEqual(times);
  });

  it('does not grow beyond the end', () => {
    const whole = settle(withMore(two), times);
    expect(withMore(whole)).toBe(whole);
  });

  it('shows new rows at the top without losing those that they push down', () => {
    expect(timesOf(settle(two, [120, 110, 100, ...times]))).toEqual([120, 110, 100, 90, 80, 70, 60]);
  });

  it('shows rows that come in between once and in order', () => {
    const more = [90, 85, 84, 83, 80, 75, 70, 60, 50, 40];
    const grown = settle(withMore(settle(two, more)), more);
    expect(timesOf(grown)).toEqual([90, 85, 84, 83, 80, 75, 70, 60, 50]);
  });

  it('shows no row twice where rows went away', () => {
    expect(timesOf(settle(two, [90, 70, 60, 50, 40]))).toEqual([90, 70, 60]);
  });

  it('watches the page of an empty view, where the first row will appear', () => {
    const pages = settle([FIRST_PAGE], []);
    expect(pagesInSight(pages, 0, 0)).toEqual(pages);
  });

  it('watches the pages in sight and their neighbours only', () => {
    const long = Array.from({ length: 20 }, (_, index) => 1000 - index);
    let pages: readonly Page[] = settle([FIRST_PAGE], long);
    for (let times_ = 0; times_ < 8; times_ += 1) pages = settle(withMore(pages), long);
    const seen = pagesInSight(pages, 8, 9);
    expect(seen.map((page) => page.rows[0]?.createdAtMs)).toEqual([994, 992, 990]);
  });
});
