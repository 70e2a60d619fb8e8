/** Reading the history: by pages and by id, never all of it on the way to the screen. */
import { Dexie } from 'dexie';
import { type BatchJob, JOB_STATUSES } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { readCounts } from './counters.ts';
import type { JobdeckDatabase } from './database.ts';
import { JOB_BUCKETS, type JobBucket, type JobRow } from './job-row.ts';
import { matches, parseSearch, type SearchTerms } from './search-terms.ts';

/** `all` is every list but the trash. */
export const JOB_FILTERS = ['all', ...JOB_BUCKETS] as const;
export type JobFilter = 'all' | JobBucket;

export interface JobView {
  filter: JobFilter;
  search: string;
}

/** A place in a view: what comes after it is older. */
export interface Cursor {
  createdAtMs: number;
  key: number;
}

export interface JobsPage {
  rows: JobRow[];
  /** Where the next page begins; null at the end, and only there. */
  next: Cursor | null;
}

/** A word found in no more rows than this is looked up; one that is found in more is met soon by reading on. */
const RARE = 2000;
/** The most rows one page of a search reads: an answer comes in time, if need be with fewer rows than asked for. */
const MAX_READ = 4000;
const CHUNK = 500;

/**
 * A page of a view, newest first. A search may give fewer rows than `limit`, even none, with `next` set: there is
 * more to read.
 */
export function jobsPage(
  db: JobdeckDatabase,
  view: JobView,
  { before = null, limit }: { before?: Cursor | null; limit: number },
): Promise<JobsPage> {
  const terms = parseSearch(view.search);
  return db.transaction('r', db.jobs, async () => {
    if (terms.prefixes.length === 0 && terms.tests.length === 0) {
      return cut(await readRange(db, view.filter, before, limit + 1), limit);
    }
    const few = await rareRows(db, terms);
    return few === null
      ? await readOn(db, view.filter, terms, before, limit)
      : cut(few.filter((row) => isIn(view.filter, row) && isBefore(row, before)).sort(newestFirst), limit);
  });
}

/** Every row of a view, newest first, a page at a time. What is added meanwhile is not part of it. */
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

/** The ids of the newest jobs. */
export async function latestJobIds(db: JobdeckDatabase, limit: number): Promise<JobId[]> {
  const page = await jobsPage(db, { filter: 'all', search: '' }, { limit });
  return page.rows.map((row) => row.id);
}

/** How many jobs each filter holds, without counting. */
export async function viewCounts(db: JobdeckDatabase): Promise<Record<JobFilter, number>> {
  const counts = await readCounts(db);
  const all = JOB_BUCKETS.reduce((sum, bucket) => (bucket === 'trash' ? sum : sum + counts[bucket]), 0);
  return { all, ...counts };
}

/** The records alone, for what leaves the application. */
export function jobsOf(rows: readonly JobRow[]): BatchJob[] {
  return rows.map((row) => row.job);
}

async function readRange(
  db: JobdeckDatabase,
  filter: JobFilter,
  before: Cursor | null,
  limit: number,
): Promise<JobRow[]> {
  const read = (index: string, list: readonly (string | number)[]) => {
    const end = before ? [...list, before.createdAtMs, before.key] : [...list, Dexie.maxKey];
    return db.jobs.where(index).between(list, end, true, false).reverse().limit(limit).toArray();
  };
  if (filter === 'all') return read('[listed+createdAtMs+key]', [1]);
  const parts = await Promise.all(
    JOB_STATUSES.map((status) => read('[bucket+status+createdAtMs+key]', [filter, status])),
  );
  return parts.flat().sort(newestFirst).slice(0, limit);
}

/** The rows of the leading word where they are few, in no order; null where they are many. */
async function rareRows(db: JobdeckDatabase, terms: SearchTerms): Promise<JobRow[] | null> {
  const [lead] = terms.prefixes;
  if (lead === undefined) return null;
  const keys = await db.jobs
    .where('words')
    .startsWith(lead)
    .limit(RARE + 1)
    .primaryKeys();
  if (keys.length > RARE) return null;
  const rows = await db.jobs.bulkGet([...new Set(keys)]);
  return rows.filter((row) => row !== undefined && matches(terms, row)) as JobRow[];
}

async function readOn(
  db: JobdeckDatabase,
  filter: JobFilter,
  terms: SearchTerms,
  before: Cursor | null,
  limit: number,
): Promise<JobsPage> {
  const rows: JobRow[] = [];
  let from = before;
  for (let read = 0; read < MAX_READ; read += CHUNK) {
    const chunk = await readRange(db, filter, from, CHUNK);
    for (const row of chunk) {
      from = cursorOf(row);
      if (matches(terms, row)) rows.push(row);
      if (rows.length === limit) return { rows, next: from };
    }
    if (chunk.length < CHUNK) return { rows, next: null };
  }
  return { rows, next: from };
}

function cut(rows: JobRow[], limit: number): JobsPage {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? cursorOf(last) : null };
}

export function cursorOf(row: JobRow): Cursor {
  return { createdAtMs: row.createdAtMs, key: row.key };
}

function newestFirst(one: Cursor, other: Cursor): number {
  return other.createdAtMs - one.createdAtMs || other.key - one.key;
}

function isBefore(row: JobRow, cursor: Cursor | null): boolean {
  return cursor === null || newestFirst(cursor, row) < 0;
}

function isIn(filter: JobFilter, row: JobRow): boolean {
  return filter === 'all' ? row.listed === 1 : row.bucket === filter;
}
