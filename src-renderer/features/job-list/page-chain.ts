/**
 * A view as a chain of pages, newest first. A page begins where it began when it was first read, whatever comes
 * and goes above it, so no row is shown twice and none is missing. Pure.
 */
import type { JobRow } from '../../db/job-row.ts';
import type { Cursor } from '../../db/queries.ts';

export interface Page {
  /** What is older than this belongs to the page; null for the first. */
  start: Cursor | null;
  rows: readonly JobRow[];
  /** Where its rows end and older ones begin; null where there are none. Undefined before it was read. */
  next: Cursor | null | undefined;
}

export const FIRST_PAGE: Page = { start: null, rows: [], next: undefined };

export function isSameCursor(one: Cursor | null, other: Cursor | null): boolean {
  return one?.createdAtMs === other?.createdAtMs && one?.key === other?.key;
}

/** True where `one` comes before `other` in the list: it is newer. */
export function isAbove(one: Cursor, other: Cursor): boolean {
  return (
    one.createdAtMs > other.createdAtMs || (one.createdAtMs === other.createdAtMs && one.key > other.key)
  );
}

/**
 * The chain with the page that starts at `start` read anew. Where rows were added so that it no longer reaches the
 * page after it, a page that is still to be read is put between the two.
 */
export function withPage(
  pages: readonly Page[],
  start: Cursor | null,
  read: { rows: readonly JobRow[]; next: Cursor | null },
): Page[] {
  const index = pages.findIndex((page) => isSameCursor(page.start, start));
  if (index === -1) return [...pages];
  const after = pages[index + 1];
  const isGap = after?.start != null && read.next !== null && isAbove(read.next, after.start);
  return [
    ...pages.slice(0, index),
    { start, ...read },
    ...(isGap ? [{ start: read.next, rows: [], next: undefined }] : []),
    ...pages.slice(index + 1),
  ];
}

/** The chain with one more page at its end, or the same one where there is nothing more or it is being read. */
export function withMore(pages: readonly Page[]): readonly Page[] {
  const last = pages.at(-1);
  if (last?.next == null) return pages;
  return [...pages, { start: last.next, rows: [], next: undefined }];
}

/** All rows in order: each page up to where the next one begins. */
export function rowsOf(pages: readonly Page[]): JobRow[] {
  return pages.flatMap((page, index) => {
    const end = pages[index + 1]?.start;
    return end == null ? page.rows : page.rows.filter((row) => !isAbove(end, row));
  });
}

/** Which pages hold the rows from `first` to `last`, and one on either side: those worth watching. */
export function pagesInSight(pages: readonly Page[], first: number, last: number): readonly Page[] {
  let from = 0;
  const inSight = pages.map((page) => {
    const to = from + page.rows.length;
    // A page without rows is where the next new row will be: it counts as one.
    const isSeen = from <= last && Math.max(to, from + 1) > first;
    from = to;
    return isSeen || page.next === undefined;
  });
  return pages.filter((_, index) => inSight[index - 1] || inSight[index] || inSight[index + 1]);
}
