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
  /** True where nobody watches it, so that its rows may be as they were, and are slim where rows can be. */
  isUnwatched?: boolean;
}

/** A page between two others that shows fewer rows than this takes up those that come above it. */
const SHORT_PAGE = 50;

export type Chain<Row, Cursor> = readonly Page<Row, Cursor>[];

export function firstPage<Row, Cursor>(): Page<Row, Cursor> {
  return { start: null, rows: [], next: undefined };
}

/**
 * The chain with the page that starts at `start` read anew. Where rows were added so that it no longer reaches the
 * page after it, that one reaches further up, to be read again, where it shows few rows; else a page that is still to
 * be read is put between the two. So rows that come one by one make no page for each.
 */
export function withPage<Row, Cursor>(
  pages: Chain<Row, Cursor>,
  start: Cursor | null,
  read: { rows: readonly Row[]; next: Cursor | null },
  order: RowOrder<Row, Cursor>,
): Chain<Row, Cursor> {
  const index = pages.findIndex((page) => isSame(page.start, start, order));
  if (index === -1) return pages;
  const [after, ...others] = pages.slice(index + 1);
  const before = [...pages.slice(0, index), { start, ...read }];
  if (after?.start == null || read.next === null || order.compare(read.next, after.start) >= 0) {
    return after === undefined ? before : [...before, after, ...others];
  }
  const end = others[0]?.start;
  if (end != null && upTo(end, after.rows, order).length < SHORT_PAGE) {
    return [...before, { ...after, start: read.next, next: undefined }, ...others];
  }
  return [...before, { start: read.next, rows: [], next: undefined }, after, ...others];
}

/** The chain with one more page at its end, or the same one where there is nothing more or it is being read. */
export function withMore<Row, Cursor>(pages: Chain<Row, Cursor>): Chain<Row, Cursor> {
  const last = pages.at(-1);
  if (last?.next == null) return pages;
  return [...pages, { start: last.next, rows: [], next: undefined }];
}

/** All rows in order, each once: each page up to where the next one begins. */
export function rowsOf<Row, Cursor>(pages: Chain<Row, Cursor>, order: RowOrder<Row, Cursor>): Row[] {
  return shownOf(pages, order).flat();
}

/** Per chain, which is not changed once it is made: scrolling asks for it at each step. */
const shown = new WeakMap<object, readonly (readonly unknown[])[]>();

/**
 * Of each page the rows that it shows: up to where the next one begins, and each row once. A row that is in two pages
 * has moved: it stands where the page that is watched has it.
 */
function shownOf<Row, Cursor>(
  pages: Chain<Row, Cursor>,
  order: RowOrder<Row, Cursor>,
): readonly (readonly Row[])[] {
  const known = shown.get(pages);
  if (known !== undefined) return known as readonly (readonly Row[])[];
  const own = pages.map(({ rows }, index) => upTo(pages[index + 1]?.start, rows, order));
  const isUnwatched = (index: number) => pages[index]?.isUnwatched === true;
  const watched = new Set(own.flatMap((rows, index) => (isUnwatched(index) ? [] : rows.map(order.keyOf))));
  const seen = new Set<string>();
  const made = own.map((rows, index) =>
    rows.filter((row) => {
      const key = order.keyOf(row);
      if (seen.has(key) || (isUnwatched(index) && watched.has(key))) return false;
      seen.add(key);
      return true;
    }),
  );
  shown.set(pages, made);
  return made;
}

/** The rows down to where the next page begins; all of them where there is none. */
function upTo<Row, Cursor>(
  end: Cursor | null | undefined,
  rows: readonly Row[],
  order: RowOrder<Row, Cursor>,
): readonly Row[] {
  return end == null ? rows : rows.filter((row) => order.compare(end, order.cursorOf(row)) >= 0);
}

/** Which pages hold the rows from `first` to `last`, and one on either side: those worth watching. */
export function pagesInSight<Row, Cursor>(
  pages: Chain<Row, Cursor>,
  first: number,
  last: number,
  order: RowOrder<Row, Cursor>,
): Chain<Row, Cursor> {
  let from = 0;
  const counts = shownOf(pages, order).map((rows) => rows.length);
  const inSight = pages.map((page, index) => {
    const to = from + (counts[index] ?? 0);
    // A page that shows no rows is where the next new row will be: it counts as one.
    const isSeen = from <= last && Math.max(to, from + 1) > first;
    from = to;
    return isSeen || page.next === undefined;
  });
  return pages.filter((_, index) => inSight[index - 1] || inSight[index] || inSight[index + 1]);
}

/** The chain with the pages that are not watched marked and made slim: what is far away takes little memory. */
export function slimmed<Row, Cursor>(
  pages: Chain<Row, Cursor>,
  isWatched: (page: Page<Row, Cursor>) => boolean,
  slim: (row: Row) => Row,
): Chain<Row, Cursor> {
  const isToSlim = (page: Page<Row, Cursor>) => !page.isUnwatched && page.rows.length > 0 && !isWatched(page);
  if (!pages.some(isToSlim)) return pages;
  return pages.map((page) =>
    isToSlim(page) ? { ...page, rows: page.rows.map(slim), isUnwatched: true } : page,
  );
}

export function isSame<Row, Cursor>(
  one: Cursor | null,
  other: Cursor | null,
  order: RowOrder<Row, Cursor>,
): boolean {
  return one === null || other === null ? one === other : order.compare(one, other) === 0;
}
