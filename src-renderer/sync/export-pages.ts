/** The records of an export, in messages that neither window nor runner is held up by. */
import { MAX_PAGE } from '#shared/contract/channels.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckDatabase } from '../db/database.ts';
import { type Cursor, type JobView, jobsByIds, jobsPage, NEWEST_FIRST } from '../db/queries.ts';
import { weightOf } from './row-weight.ts';

/** These jobs in this order, or all of a view in its order. */
export type ExportSelection = { ids: readonly JobId[] } | { view: JobView };

/** About so many characters are read at once, and sent in one message; one record may be more. */
const PAGE_WEIGHT = 2 * 1024 * 1024;
/** The size of records is not known before the first were read. */
const FIRST_ROWS = 32;
/** Larger rows may come after smaller ones, so a page grows by steps. */
const GROWTH = 4;

/** What is added to a view meanwhile is not part of it. */
export async function* exportPages(
  db: JobdeckDatabase,
  selection: ExportSelection,
): AsyncGenerator<BatchJob[], void, undefined> {
  const next = 'view' in selection ? viewReader(db, selection.view) : idReader(db, selection.ids);
  for (let rows = FIRST_ROWS; ; ) {
    const jobs = await next(rows);
    if (jobs === null) return;
    let weight = 0;
    for (const { page, pageWeight } of inMessages(jobs)) {
      weight += pageWeight;
      yield page;
    }
    const each = Math.max(1, weight / Math.max(1, jobs.length));
    rows = Math.round(Math.min(rows * GROWTH, MAX_PAGE, Math.max(1, PAGE_WEIGHT / each)));
  }
}

/** Gives about so many records, also none; null after the last. */
type Reader = (rows: number) => Promise<BatchJob[] | null>;

function viewReader(db: JobdeckDatabase, view: JobView): Reader {
  let before: Cursor | null = null;
  let isOver = false;
  // In the order of making a job keeps its place. In others it may move on while it is read, and would come twice.
  const seen = (view.sort ?? NEWEST_FIRST).column === 'created' ? null : new Set<number>();
  return async (limit) => {
    if (isOver) return null;
    const page = await jobsPage(db, view, { before, limit });
    before = page.next;
    isOver = before === null;
    const rows = seen === null ? page.rows : page.rows.filter(({ key }) => !seen.has(key));
    for (const { key } of rows) seen?.add(key);
    return rows.map(({ job }) => job);
  };
}

function idReader(db: JobdeckDatabase, ids: readonly JobId[]): Reader {
  let at = 0;
  return async (limit) => {
    if (at >= ids.length) return null;
    const rows = await jobsByIds(db, ids.slice(at, at + limit));
    at += limit;
    return rows.map(({ job }) => job);
  };
}

function* inMessages(jobs: readonly BatchJob[]): Generator<{ page: BatchJob[]; pageWeight: number }> {
  let page: BatchJob[] = [];
  let pageWeight = 0;
  for (const job of jobs) {
    const weight = weightOf(job);
    if (page.length > 0 && pageWeight + weight > PAGE_WEIGHT) {
      yield { page, pageWeight };
      page = [];
      pageWeight = 0;
    }
    page.push(job);
    pageWeight += weight;
  }
  if (page.length > 0) yield { page, pageWeight };
}
