/** Reading the history: by pages and by id, never all of it on the way to the screen. */
import type { JobId } from '#shared/job/job-id.ts';
import { readCounts } from './counters.ts';
import type { JobdeckDatabase } from './database.ts';
import { JOB_BUCKETS, type JobRow } from './job-row.ts';
import { type Cursor, cursorOf, type JobFilter, NEWEST_FIRST, type Sort } from './order.ts';
import { readOrder } from './read-order.ts';
import { isEmptySearch, parseSearch } from './search/parse-search.ts';
import { searchPage } from './search/search-page.ts';

export { type Cursor, JOB_FILTERS, type JobFilter, NEWEST_FIRST, type Sort } from './order.ts';

export interface JobView {
  filter: JobFilter;
  search: string;
  /** Newest first where absent. */
  sort?: Sort;
}

export interface JobsPage {
  rows: JobRow[];
  /** Where the next page begins; null at the end. It may be there and the next page be empty: a search looks on. */
  next: Cursor | null;
}

/**
 * A page of a view. A search may give fewer rows than `limit`, even none, with `next` set: there is more to read.
 * @param before the place after which the page begins: `next` of the one before it
 */
export function jobsPage(
  db: JobdeckDatabase,
  { filter, search, sort = NEWEST_FIRST }: JobView,
  { before = null, limit }: { before?: Cursor | null; limit: number },
): Promise<JobsPage> {
  const terms = parseSearch(search);
  return db.transaction('r', db.jobs, async () => {
    if (!isEmptySearch(terms)) return searchPage(db, { filter, sort }, terms, before, limit);
    const rows = await readOrder(db, { filter, sort }, before, limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return { rows: page, next: rows.length > limit && last ? cursorOf(sort, last) : null };
  });
}

const TIME_FOR_SOME_MS = 1500;

/**
 * A page that is only empty at the end, or where none was found for a long time: one that is watched while rows
 * change is read anew each time, and a list of many empty ones would be many reads.
 */
export function someJobs(
  db: JobdeckDatabase,
  view: JobView,
  place: { before?: Cursor | null; limit: number },
  end = performance.now() + TIME_FOR_SOME_MS,
): Promise<JobsPage> {
  // Not by `await`: in a live query only what Dexie's own promises lead to is watched.
  return jobsPage(db, view, place).then((page) =>
    page.rows.length > 0 || page.next === null || performance.now() > end
      ? page
      : someJobs(db, view, { ...place, before: page.next }, end),
  );
}

/** Every row of a view in its order, a page at a time. What is added meanwhile is not part of it. */
export async function* allJobs(
  db: JobdeckDatabase,
  view: JobView,
  pageSize = 1000,
): AsyncGenerator<JobRow[], void, undefined> {
  let before: Cursor | null = null;
  do {
    const page: JobsPage = await jobsPage(db, view, { before, limit: pageSize });
    if (page.rows.length > 0) yield page.rows;
    before = page.next;
  } while (before !== null);
}

/** The same, of the ids alone: what is read of the rows is let go of at once. */
export async function* allJobIds(
  db: JobdeckDatabase,
  view: JobView,
  pageSize = 500,
): AsyncGenerator<JobId[], void, undefined> {
  for await (const rows of allJobs(db, view, pageSize)) yield rows.map((row) => row.id);
}

export function jobById(db: JobdeckDatabase, id: JobId): Promise<JobRow | undefined> {
  return db.jobs.get({ id });
}

/**
 * The rows of these ids in their order, each once; ids the history does not have are left out. Many single reads
 * at once: one cursor over random ids, which `anyOf` is, takes five times as long, and longer the more rows there are.
 */
export function jobsByIds(db: JobdeckDatabase, ids: readonly JobId[]): Promise<JobRow[]> {
  return db.transaction('r', db.jobs, async () => {
    const rows = await Promise.all([...new Set(ids)].map((id) => jobById(db, id)));
    return rows.filter((row) => row !== undefined);
  });
}

/** How many jobs each filter holds, without counting. */
export async function viewCounts(db: JobdeckDatabase): Promise<Record<JobFilter, number>> {
  const counts = await readCounts(db);
  const all = JOB_BUCKETS.reduce((sum, bucket) => (bucket === 'trash' ? sum : sum + counts[bucket]), 0);
  return { all, ...counts };
}
