/**
 * A page of a search. A term that few rows have is looked up. Where all have many, lists of places are walked, in
 * the order of making; in other orders rows are read on and tested. Either way a page comes in time, if need be
 * with fewer rows than were asked for and the place to go on from.
 */
import type { JobdeckDatabase } from '../database.ts';
import type { JobRow } from '../job-row.ts';
import type { Reader } from '../merged.ts';
import { type Cursor, comparePlaces, cursorOf, type JobFilter, type Sort } from '../order.ts';
import { readOrder } from '../read-order.ts';
import type { Place } from '../search-words.ts';
import { type Clamp, clampOf } from './clamp.ts';
import { fewRows } from './few-rows.ts';
import { matches, type Search } from './parse-search.ts';
import { CommonWalk, placesIn, placesOf } from './places.ts';

export interface FoundRows {
  rows: JobRow[];
  next: Cursor | null;
}

interface Order {
  filter: JobFilter;
  sort: Sort;
}

/** Milliseconds after which a page is given as it is. */
const TIME_FOR_A_PAGE_MS = 60;
/** Rows read, at the most, and entries of lists. */
const MAX_ROWS = 4000;
const MAX_ENTRIES = 30_000;
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
  const few = await fewRows(db, order.filter, search);
  if (few !== null) return pageOf(few, order, search, after, limit);
  const clamp = clampOf(search, order.sort);
  const start = clamp.start(after);
  const lists = order.sort.column === 'created' ? await listsOf(db, order, search) : [];
  return lists.length > 0
    ? await walk(db, order, search, { lists, clamp, start, limit })
    : await readOn(db, order, search, { clamp, start, limit });
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

async function listsOf(
  db: JobdeckDatabase,
  { filter, sort }: Order,
  search: Search,
): Promise<Reader<Place>[]> {
  const lists: Reader<Place>[] = [];
  for (const source of search.conditions.flatMap((condition) => condition.sources)) {
    const list = await placesOf(db, filter, source, sort.direction);
    if (list !== null) lists.push(list);
  }
  return lists.length === 0 || filter === 'all' ? lists : [...lists, placesIn(db, filter, sort.direction)];
}

interface From {
  clamp: Clamp;
  start: Cursor | null;
  limit: number;
}

async function walk(
  db: JobdeckDatabase,
  { filter, sort }: Order,
  search: Search,
  { lists, clamp, start, limit }: From & { lists: readonly Reader<Place>[] },
): Promise<FoundRows> {
  const after = start === null ? null : { createdAtMs: Number(start.value), key: start.key };
  const common = new CommonWalk(lists, sort.direction, after);
  const isLate = deadline();
  const isEnough = () => isLate() || common.cost > MAX_ENTRIES;
  const rows: JobRow[] = [];
  for (let read = 0; ; ) {
    const { places, next } = await common.read(Math.max(limit - rows.length, FIRST_CHUNK), isEnough);
    for (const row of await db.jobs.bulkGet(places.map(({ key }) => key))) {
      if (row === undefined || !isIn(filter, row) || !matches(search, row)) continue;
      rows.push(row);
      if (rows.length === limit) return { rows, next: cursorOf(sort, row) };
    }
    read += places.length;
    const reached = next === null ? null : { stage: 0, value: next.createdAtMs, key: next.key };
    if (reached === null || clamp.isBeyond(reached)) return { rows, next: null };
    if (isEnough() || read > MAX_ROWS) return { rows, next: reached };
  }
}

async function readOn(
  db: JobdeckDatabase,
  order: Order,
  search: Search,
  { clamp, start, limit }: From,
): Promise<FoundRows> {
  const isLate = deadline();
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

function deadline(): () => boolean {
  const end = performance.now() + TIME_FOR_A_PAGE_MS;
  return () => performance.now() > end;
}
