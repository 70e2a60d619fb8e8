/**
 * A view of any rows as a chain of pages. A page begins where it began when it was first read, whatever comes and
 * goes above it, so that no row is missing; one that has moved up since its page was read is shown where it is now.
 * Pure.
 */

/** How the rows of a list are told apart, and in which order they stand. */
export interface RowOrder<Row, Cursor> {
  keyOf(row: Row): string;
  cursorOf(row: Row): Cursor;
  /** Below zero where `one` stands above `other`. */
  compare(one: Cursor, other: Cursor): number;
  /** What is kept of a row that is far from what is seen; all of it where absent. */
  slim?(row: Row): Row;
}

export interface Page<Row, Cursor> {
  /** What is below this belongs to the page; null for the first. */
  start: Cursor | null;
  rows: readonly Row[];
  /** Where its rows end and others begin; null where there are none. Undefined before it was read. */
  next: Cursor | null | undefined;
  /** True where the rows are only what a page needs that is far from what is seen. */
  isSlim?: boolean;
}

export type Chain<Row, Cursor> = readonly Page<Row, Cursor>[];

export function firstPage<Row, Cursor>(): Page<Row, Cursor> {
  return { start: null, rows: [], next: undefined };
}

/**
 * The chain with the page that starts at `start` read anew. Where rows were added so that it no longer reaches the
 * page after it, a page that is still to be read is put between the two.
 */
export function withPage<Row, Cursor>(
  pages: Chain<Row, Cursor>,
  start: Cursor | null,
  read: { rows: readonly Row[]; next: Cursor | null },
  order: RowOrder<Row, Cursor>,
): Chain<Row, Cursor> {
  const index = pages.findIndex((page) => isSame(page.start, start, order));
  if (index === -1) return pages;
  const after = pages[index + 1];
  const isGap = after?.start != null && read.next !== null && order.compare(read.next, after.start) < 0;
  return [
    ...pages.slice(0, index),
    { start, ...read },
    ...(isGap ? [{ start: read.next, rows: [], next: undefined }] : []),
    ...pages.slice(index + 1),
  ];
}

/** The chain with one more page at its end, or the same one where there is nothing more or it is being read. */
export function withMore<Row, Cursor>(pages: Chain<Row, Cursor>): Chain<Row, Cursor> {
  const last = pages.at(-1);
  if (last?.next == null) return pages;
  return [...pages, { start: last.next, rows: [], next: undefined }];
}

/** All rows in order, each once: each page up to where the next one begins. */
export function rowsOf<Row, Cursor>(pages: Chain<Row, Cursor>, order: RowOrder<Row, Cursor>): Row[] {
  const seen = new Set<string>();
  return pages.flatMap((page, index) => {
    const end = pages[index + 1]?.start;
    return page.rows.filter((row) => {
      if (end != null && order.compare(end, order.cursorOf(row)) < 0) return false;
      const key = order.keyOf(row);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  });
}

/** Which pages hold the rows from `first` to `last`, and one on either side: those worth watching. */
export function pagesInSight<Row, Cursor>(
  pages: Chain<Row, Cursor>,
  first: number,
  last: number,
): Chain<Row, Cursor> {
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

/** The chain with the pages that are not watched made slim: what is far away takes little memory. */
export function slimmed<Row, Cursor>(
  pages: Chain<Row, Cursor>,
  isWatched: (page: Page<Row, Cursor>) => boolean,
  slim: (row: Row) => Row,
): Chain<Row, Cursor> {
  const isToSlim = (page: Page<Row, Cursor>) => !page.isSlim && page.rows.length > 0 && !isWatched(page);
  if (!pages.some(isToSlim)) return pages;
  return pages.map((page) => (isToSlim(page) ? { ...page, rows: page.rows.map(slim), isSlim: true } : page));
}

export function isSame<Row, Cursor>(
  one: Cursor | null,
  other: Cursor | null,
  order: RowOrder<Row, Cursor>,
): boolean {
  return one === null || other === null ? one === other : order.compare(one, other) === 0;
}
