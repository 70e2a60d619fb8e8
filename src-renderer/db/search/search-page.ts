/**
 * A page of a search. A term that few rows have is looked up. Where all have many, what they have in common is read
 * in the order of making; in other orders rows are read on and tested. Either way a page comes in time, if need be
 * with fewer rows than were asked for and the place to go on from.
 */
import type { JobdeckDatabase } from '../database.ts';
import type { JobRow } from '../job-row.ts';
import { type Cursor, comparePlaces, cursorOf, type Direction, type JobFilter, type Sort } from '../order.ts';
import { readOrder } from '../read-order.ts';
import { ENDED_TOO_SOON, entryBounds } from '../search-words.ts';
import { type Clamp, clampOf } from './clamp.ts';
import { allCommonKeys, nextWindow, rarestFirst } from './common-keys.ts';
import { fewRows } from './few-rows.ts';
import { type KeyList, keyListOf, keysIn } from './key-lists.ts';
import { matches, type Search } from './parse-search.ts';

export interface FoundRows {
  rows: JobRow[];
  next: Cursor | null;
}

interface Order {
  filter: JobFilter;
  sort: Sort;
}

/** Milliseconds after which a page is given as it is. */
const TIME_FOR_A_PAGE_MS = 70;
/** In other orders, so long is looked for rows that terms have in common, and for so many: more are met soon. */
const TIME_FOR_COMMON_MS = 120;
const MAX_COMMON = 800;
/** Rows read, at the most. */
const MAX_ROWS = 4000;
const FIRST_WINDOW = 256;
const MAX_WINDOW = 4096;
const FIRST_CHUNK = 128;
const MAX_CHUNK = 512;

export async function searchPage(
  db: JobdeckDatabase,
  order: Order,
  search: Search,
  after: Cursor | null,
  limit: number,
): Promise<FoundRows> {
  if (search.problems.length > 0 || search.output !== null) return { rows: [], next: null };
  // Also what is looked up before a row is read is a part of what one waits for.
  const isLate = deadline(TIME_FOR_A_PAGE_MS);
  const few = await fewRows(db, order.filter, search);
  if (few !== null) return pageOf(few, order, search, after, limit);
  const lists = await listsOf(db, order, search);
  const clamp = clampOf(search, order.sort, await endsAfterMaking(db, search));
  const start = clamp.start(after);
  if (lists.length === 0) return readOn(db, order, search, { clamp, start, limit, isLate });
  if (order.sort.column === 'created') return walk(db, order, search, { lists, clamp, start, limit, isLate });
  const common = await allCommonKeys(db, lists, MAX_COMMON, deadline(TIME_FOR_COMMON_MS));
  return common === null
    ? readOn(db, order, search, { clamp, start, limit, isLate: deadline(TIME_FOR_A_PAGE_MS) })
    : pageOf(await rowsOf(db, common), order, search, after, limit);
}

/** Whether no job ended before it was made; looked up only where it matters. */
async function endsAfterMaking(db: JobdeckDatabase, { conditions }: Search): Promise<boolean> {
  if (!conditions.some(({ sources }) => sources.some(({ by }) => by === 'ended'))) return true;
  const odd = await db.jobs
    .where('words')
    .startsWith(entryBounds.first(ENDED_TOO_SOON))
    .limit(1)
    .primaryKeys();
  return odd.length === 0;
}

async function rowsOf(db: JobdeckDatabase, keys: readonly number[]): Promise<JobRow[]> {
  return (await db.jobs.bulkGet([...keys])).filter((row) => row !== undefined);
}

function pageOf(
  few: readonly JobRow[],
  { filter, sort }: Order,
  search: Search,
  after: Cursor | null,
  limit: number,
): FoundRows {
  const found = few
    .filter((row) => isIn(filter, row) && matches(search, row))
    .map((row) => ({ row, place: cursorOf(sort, row) }))
    .filter(({ place }) => after === null || comparePlaces(sort, after, place) < 0)
    .sort((one, other) => comparePlaces(sort, one.place, other.place));
  const page = found.slice(0, limit);
  return {
    rows: page.map(({ row }) => row),
    next: found.length > limit ? (page.at(-1)?.place ?? null) : null,
  };
}

async function listsOf(db: JobdeckDatabase, { filter, sort }: Order, search: Search): Promise<KeyList[]> {
  const lists: KeyList[] = [];
  for (const source of search.conditions.flatMap((condition) => condition.sources)) {
    const list = await keyListOf(db, filter, source, directionOf(sort));
    if (list !== null) lists.push(list);
  }
  return lists.length === 0 || filter === 'all' ? lists : [...lists, keysIn(db, filter, directionOf(sort))];
}

/** Of the lists: where the order is not that of making, they are read from their beginning. */
function directionOf({ column, direction }: Sort): Direction {
  return column === 'created' ? direction : 'asc';
}

interface From {
  clamp: Clamp;
  start: Cursor | null;
  limit: number;
  /** Asked once something was read: each page gets on. */
  isLate: () => boolean;
}

async function walk(
  db: JobdeckDatabase,
  { filter, sort }: Order,
  search: Search,
  { lists, clamp, start, limit, isLate }: From & { lists: readonly KeyList[] },
): Promise<FoundRows> {
  const { direction } = sort;
  let after = start === null ? null : { createdAtMs: Number(start.value), key: start.key };
  let size = FIRST_WINDOW;
  let read = 0;
  const ordered = await rarestFirst(db, lists, direction, after, size);
  const rows: JobRow[] = [];
  for (;;) {
    const window = await nextWindow(db, ordered, direction, after, size);
    const found = (await rowsOf(db, window.keys)).filter((row) => isIn(filter, row) && matches(search, row));
    const inOrder = found
      .map((row) => ({ row, place: cursorOf(sort, row) }))
      .sort((one, other) => comparePlaces(sort, one.place, other.place));
    for (const { row, place } of inOrder) {
      if (clamp.isBeyond(place)) return { rows, next: null };
      rows.push(row);
      if (rows.length === limit) return { rows, next: place };
    }
    const reached =
      window.upTo === null ? null : { stage: 0, value: window.upTo.createdAtMs, key: window.upTo.key };
    if (reached === null || clamp.isBeyond(reached)) return { rows, next: null };
    read += window.keys.length;
    if (isLate() || read > MAX_ROWS) return { rows, next: reached };
    after = window.upTo;
    // As many as it takes for the rest of the page, if it goes on like this.
    const needed = ((limit - rows.length) * window.size) / Math.max(1, found.length);
    size = Math.max(FIRST_WINDOW, Math.min(MAX_WINDOW, size * 4, Math.ceil(needed)));
  }
}

async function readOn(
  db: JobdeckDatabase,
  order: Order,
  search: Search,
  { clamp, start, limit, isLate }: From,
): Promise<FoundRows> {
  const rows: JobRow[] = [];
  let from = start;
  for (let read = 0, chunk = FIRST_CHUNK; ; chunk = Math.min(MAX_CHUNK, chunk * 2)) {
    const some = await readOrder(db, order, from, chunk);
    for (const row of some) {
      from = cursorOf(order.sort, row);
      if (clamp.isBeyond(from)) return { rows, next: null };
      if (matches(search, row)) rows.push(row);
      if (rows.length === limit) return { rows, next: from };
    }
    read += some.length;
    if (some.length < chunk) return { rows, next: null };
    if (isLate() || read > MAX_ROWS) return { rows, next: from };
  }
}

function isIn(filter: JobFilter, row: JobRow): boolean {
  return filter === 'all' ? row.listed === 1 : row.bucket === filter;
}

function deadline(timeMs: number): () => boolean {
  const end = performance.now() + timeMs;
  return () => performance.now() > end;
}
