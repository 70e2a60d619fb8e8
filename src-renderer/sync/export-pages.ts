/** The records of an export, in messages that neither window nor runner is held up by. */
import { AppError } from '#shared/app-error.ts';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckDatabase } from '../db/database.ts';
import { type Cursor, type JobView, jobsByIds, jobsPage, NEWEST_FIRST } from '../db/queries.ts';
import { inMessages, PageSize } from '../db/row-weight.ts';
import { problemOfFinished } from '../db/search/parse-search.ts';

/** These jobs in this order, or all of a view in its order. */
export type ExportSelection = { ids: readonly JobId[] } | { view: JobView };

/**
 * What is added to a view meanwhile is not part of it.
 * @throws AppError `bad-request` where its search is wrong or half typed: a file that leaves a term out is not what was
 * asked for
 */
export async function* exportPages(
  db: JobdeckDatabase,
  selection: ExportSelection,
): AsyncGenerator<BatchJob[], void, undefined> {
  const problem = 'view' in selection ? problemOfFinished(selection.view.search) : null;
  if (problem !== null) throw new AppError('bad-request', problem.message);
  const next = 'view' in selection ? viewReader(db, selection.view) : idReader(db, selection.ids);
  for (const size = new PageSize(MAX_PAGE); ; ) {
    const jobs = await next(size.rows);
    if (jobs === null) return;
    let weight = 0;
    for (const { page, pageWeight } of inMessages(jobs)) {
      weight += pageWeight;
      yield page;
    }
    size.weighed(jobs.length, weight);
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
