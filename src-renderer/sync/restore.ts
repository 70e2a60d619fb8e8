/** Restoring a backup into the history: shown before, all of it or nothing, and to be undone. */
import { AppError } from '#shared/app-error.ts';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { errorSentence } from '../db/database-problem.ts';
import { withImportLock } from '../db/history-lock.ts';
import type { ImportCounts } from '../db/import-row.ts';
import { beginRestore, compactImports, finishImport, MAX_IMPORTS } from '../db/imports.ts';
import { allJobs, viewCounts } from '../db/queries.ts';
import {
  compareBackup,
  type RestoreComparison,
  type RestoreWay,
  trashForRestore,
  writeRestoredDeliveries,
  writeRestoredJobs,
  writeRestoredViews,
} from '../db/restore-page.ts';
import { toRow } from '../db/to-row.ts';
import { ROWS_A_TRANSACTION, readNextKey } from '../db/write-rows.ts';
import { writeBackup } from './backup.ts';
import type { SyncContext } from './context.ts';
import { undo } from './imports/undo-import.ts';
import { recordsOf } from './opened-backup.ts';

/** How a backup compares with the history. */
export interface RestorePreview {
  counts: Record<RestoreComparison, number>;
  /** Jobs that the history alone has; those that the runner owns stay whatever is done. */
  historyAlone: number;
  heldAlone: number;
  /** What the first of each are called. */
  names: Record<RestoreComparison, string[]>;
}

export interface RestoreReport {
  /** Of the restore among the imports: what undoing it needs. */
  id: string;
  counts: ImportCounts;
  /** Of those replaced, how many went because the backup does not have them. */
  removed: number;
}

export interface RestoreOptions extends RestoreWay {
  /** What it is called among the imports. */
  name: string;
  /** Called where the present history is backed up first: once nothing else has it, and after each page of it. */
  onBackingUp?: () => void;
  /** Called once nothing else has the history, and it is backed up where that is to be first. */
  onBegun?: () => void;
  onProgress?: (done: number) => void;
  onUndone?: (done: number) => void;
  /** Ends it after the page at hand: everything it did is undone, and it rejects. */
  signal?: AbortSignal;
  pageSize?: number;
}

/** More names are not kept of a group: a backup may have a million jobs. */
export const MAX_NAMES = 1000;

/** Compares a backup that was read through with the history, with nothing written. */
export async function previewRestore(
  { api, db }: SyncContext,
  openId: string,
  { onProgress, signal }: Pick<RestoreOptions, 'onProgress' | 'signal'> = {},
): Promise<RestorePreview> {
  const preview: RestorePreview = {
    counts: { new: 0, same: 0, different: 0, newer: 0 },
    historyAlone: 0,
    heldAlone: 0,
    names: { new: [], same: [], different: [], newer: [] },
  };
  let done = 0;
  let held = 0;
  for await (const records of recordsOf(api, openId, 'job')) {
    signal?.throwIfAborted();
    for (const [index, { comparison, isHeld }] of (await compareBackup(db, records)).entries()) {
      preview.counts[comparison] += 1;
      if (isHeld) held += 1;
      const { job } = records[index] as (typeof records)[number];
      if (preview.names[comparison].length < MAX_NAMES) preview.names[comparison].push(toRow(job).name);
    }
    done += records.length;
    onProgress?.(done);
  }
  const { same, different, newer } = preview.counts;
  const { all, active, scheduled } = await viewCounts(db);
  preview.historyAlone = Math.max(0, all - same - different - newer);
  preview.heldAlone = Math.max(0, active + scheduled - held);
  return preview;
}

/**
 * Brings a backup into the history. It is an import like any other: each page is a transaction; where one fails, all
 * of it is undone before this rejects, and where a window dies in the middle, at the next start. One that deletes
 * what the backup does not have makes a backup of the present history first, with nothing in between, and leaves alone
 * what comes meanwhile. Saved views are added, and never change.
 * @throws the reason of `signal`, or what a page failed with
 */
export async function restoreBackup(
  context: SyncContext,
  openId: string,
  options: RestoreOptions,
): Promise<RestoreReport> {
  const { api, db } = context;
  const restore = async () => {
    options.signal?.throwIfAborted();
    const firstNewKey = await readNextKey(db);
    if (options.mode === 'exact') await backUpFirst(context, options);
    options.signal?.throwIfAborted();
    options.onBegun?.();
    // First, so that it can not fail once everything is written.
    await compactImports(db, MAX_IMPORTS - 1);
    const { id } = await beginRestore(db, options.name);
    try {
      const removed = await writeAll(context, openId, { id, firstNewKey }, options);
      for await (const views of recordsOf(api, openId, 'view')) {
        await writeRestoredViews(db, id, views);
      }
      const { counts } = await finishImport(db, id);
      return { id, counts, removed };
    } catch (error) {
      await takeBack(db, id, options.onUndone);
      throw error;
    }
  };
  return await withImportLock(db, restore, options.signal);
}

/** Without one that can be read, nothing is deleted. */
async function backUpFirst(
  { api, db }: SyncContext,
  { signal, onBackingUp }: Pick<RestoreOptions, 'signal' | 'onBackingUp'>,
): Promise<void> {
  onBackingUp?.();
  const { check } = await writeBackup(api, db, 'restore', {
    ...(signal && { signal }),
    ...(onBackingUp && { onProgress: () => onBackingUp() }),
  });
  if (check.counts !== null) return;
  throw new AppError(
    'io',
    `The history is as it was: the backup made of it first can't be read. ${check.problem}`,
  );
}

/** @returns how many jobs went because the backup does not have them */
async function writeAll(
  { api, db }: SyncContext,
  openId: string,
  { id, firstNewKey }: { id: string; firstNewKey: number },
  { mode, isOwn, signal, onProgress, pageSize = ROWS_A_TRANSACTION }: RestoreOptions,
): Promise<number> {
  let done = 0;
  const step = (count: number) => {
    signal?.throwIfAborted();
    done += count;
    onProgress?.(done);
  };
  for await (const records of recordsOf(api, openId, 'job', pageSize)) {
    unwrap(await api.checkRoom());
    await writeRestoredJobs(db, id, records, { mode, isOwn });
    step(records.length);
  }
  let removed = 0;
  if (mode === 'exact') {
    for await (const ids of lackingIds({ api, db }, openId, firstNewKey)) {
      removed += (await trashForRestore(db, id, ids)).replaced;
      step(ids.length);
    }
  }
  for await (const records of recordsOf(api, openId, 'delivery', pageSize)) {
    await writeRestoredDeliveries(db, id, records);
    step(0);
  }
  return removed;
}

/** The jobs that the backup does not have, of those that were there when the restore began. */
async function* lackingIds(
  { api, db }: SyncContext,
  openId: string,
  firstNewKey: number,
): AsyncGenerator<JobId[]> {
  for await (const rows of allJobs(db, { filter: 'all', search: '' }, MAX_PAGE)) {
    const known = rows.filter(({ key }) => key < firstNewKey).map(({ id }) => id);
    if (known.length === 0) continue;
    const { ids } = unwrap(await api.lackingInBackup({ openId, ids: known }));
    if (ids.length > 0) yield ids;
  }
}

async function takeBack(
  db: SyncContext['db'],
  id: string,
  onUndone: RestoreOptions['onUndone'],
): Promise<void> {
  try {
    await undo(db, id, onUndone);
  } catch (cause) {
    const why = errorSentence(cause);
    const message = `The restore stopped part of the way, and what it did could not be taken back now. That goes on when Jobdeck starts again. ${why}`;
    throw new AppError('io', message, { cause });
  }
}
