/** Writing an import to the history: all of it, or nothing. */
import { AppError } from '#shared/app-error.ts';
import type { ImportedDocument, ImportFilter } from '#shared/contract/documents.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { errorSentence } from '../../db/database-problem.ts';
import { withImportLock } from '../../db/history-lock.ts';
import { type Decided, writeImportPage } from '../../db/import-page.ts';
import type { ImportCounts } from '../../db/import-row.ts';
import { beginImport, compactImports, finishImport, MAX_IMPORTS } from '../../db/imports.ts';
import { ROWS_A_TRANSACTION } from '../../db/write-rows.ts';
import type { SyncContext } from '../context.ts';
import { choiceFor, type ImportPlan, isRefused, kindsOf } from './import-plan.ts';
import { type ReadPage, readPage } from './read-page.ts';
import { undo } from './undo-import.ts';
import { waitsForApproval } from './waits-for-approval.ts';

export interface ImportReport {
  /** Of the import in the history: what undoing it needs. */
  id: string;
  counts: ImportCounts;
  /** Jobs that came in and could run once they are approved. */
  waiting: number;
  /** Them, where they are few enough to be looked at; the first of them where not. */
  waitingIds: JobId[];
  /** The first that came in. */
  firstIds: JobId[];
}

export interface CommitOptions {
  /** Of the file, or of how many there were: what the import is called later. */
  name: string;
  /** Places of documents whose job was waiting or running when they were compared: what the history has stays. */
  active?: ReadonlySet<number>;
  /** The counts of documents that are not gone through again (`notWritten`). */
  others?: ImportCounts;
  /** Called once nothing else has the history. */
  onBegun?: () => void;
  /** Called after each page with the number of documents that were decided on. */
  onProgress?: (done: number) => void;
  /** Called while what was brought is taken back, after a stop or a failure. */
  onUndone?: (done: number) => void;
  /** Ends it after the page at hand: everything it brought is undone, and it rejects. */
  signal?: AbortSignal;
  /** Documents a transaction. */
  pageSize?: number;
}

/** So many jobs a person may want to look through at once. */
export const REVIEWABLE = 300;
const FIRST = 100;

/**
 * Writes what a plan makes of an import that was read, and compared, to its end. Nothing of it runs. The pages are
 * transactions of their own; where one fails, what the others brought is undone before this rejects, and where that
 * is not possible, at the next start.
 * @throws the reason of `signal`, or what a page failed with
 */
export function commitImport(
  context: SyncContext,
  importId: string,
  plan: ImportPlan,
  options: CommitOptions,
): Promise<ImportReport> {
  const { db } = context;
  const run = async () => {
    options.signal?.throwIfAborted();
    options.onBegun?.();
    // First, so that it can not fail once everything is written.
    await compactImports(db, MAX_IMPORTS - 1);
    const { id } = await beginImport(db, options.name);
    try {
      const report = await write(context, importId, id, plan, options);
      const { counts } = await finishImport(db, id, options.others);
      return { ...report, counts };
    } catch (error) {
      await takeBack(db, id, options.onUndone);
      throw error;
    }
  };
  return withImportLock(db, run, options.signal);
}

async function takeBack(
  db: SyncContext['db'],
  id: string,
  onUndone: CommitOptions['onUndone'],
): Promise<void> {
  try {
    await undo(db, id, onUndone);
  } catch (cause) {
    const message = `The import stopped part of the way, and what it brought could not be taken back now. That goes on when Jobdeck starts again. ${errorSentence(cause)}`;
    throw new AppError('io', message, { cause });
  }
}

async function write(
  context: SyncContext,
  importId: string,
  id: string,
  plan: ImportPlan,
  { active, signal, onProgress, pageSize = ROWS_A_TRANSACTION }: CommitOptions,
): Promise<Omit<ImportReport, 'counts'>> {
  const report = { id, waiting: 0, waitingIds: [] as JobId[], firstIds: [] as JobId[] };
  let done = 0;
  for await (const documents of pagesToWrite(context, importId, plan, pageSize)) {
    signal?.throwIfAborted();
    if (documents.length === 0) continue;
    // On a disk that is full nothing could be taken back, and storage that is torn in the middle may be lost.
    unwrap(await context.api.checkRoom());
    const { rows } = await writeImportPage(
      context.db,
      id,
      documents.map((each) => decided(each, plan, active)),
    );
    for (const { id: jobId, job } of rows) {
      if (report.firstIds.length < FIRST) report.firstIds.push(jobId);
      if (!waitsForApproval(job)) continue;
      report.waiting += 1;
      if (report.waitingIds.length < REVIEWABLE) report.waitingIds.push(jobId);
    }
    done += documents.length;
    onProgress?.(done);
  }
  signal?.throwIfAborted();
  return report;
}

type Good = ImportedDocument & { job: NonNullable<ImportedDocument['job']> };

function decided(
  { job, place, outcome }: Good,
  plan: ImportPlan,
  active: ReadonlySet<number> = new Set(),
): Decided {
  // A conflict that came after the preview was not decided on, nor one with a job that ran then: mine stays.
  return { job, choice: outcome === 'conflict' && !active.has(place) ? choiceFor(plan, place) : 'mine' };
}

/** The documents that may come in: the new ones, then of those in conflict the ones that are not just kept. */
async function* pagesToWrite(
  context: SyncContext,
  importId: string,
  plan: ImportPlan,
  pageSize: number,
): AsyncGenerator<Good[], void, undefined> {
  const isTaken = (document: ImportedDocument): document is Good =>
    document.job !== null && !isRefused(plan, kindsOf(document));
  for await (const documents of pagesOf(context, importId, 'new', pageSize)) yield documents.filter(isTaken);
  if (plan.conflicts !== 'mine') {
    for await (const documents of pagesOf(context, importId, 'conflict', pageSize)) {
      yield documents.filter(isTaken);
    }
    return;
  }
  const places = [...plan.exceptions].filter(([, { choice }]) => choice !== 'mine').map(([place]) => place);
  for (const place of places.sort((one, other) => one - other)) {
    const request = { importId, filter: 'conflict' as const, after: place - 1, limit: 1 };
    const { documents } = await readPage(context.api, request);
    yield documents.filter(isTaken);
  }
}

async function* pagesOf(
  { api }: SyncContext,
  importId: string,
  filter: ImportFilter,
  limit: number,
): AsyncGenerator<ImportedDocument[], void, undefined> {
  let after: number | null = -1;
  while (after !== null) {
    const page: ReadPage = await readPage(api, { importId, filter, after, limit });
    yield page.documents;
    after = page.next;
  }
}
