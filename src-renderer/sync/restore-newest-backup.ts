/**
 * What a history that has just been made begins with: the newest backup. The outbox brings what the runner still has
 * afterwards, and is newer.
 */
import { AppError } from '#shared/app-error.ts';
import type { BackupFile } from '#shared/contract/backups.ts';
import { unwrap } from '#shared/contract/result.ts';
import { endRecovery, isToRecover, writeRecovered } from '../db/recover-page.ts';
import { addViews } from '../db/restored-view.ts';
import type { SyncContext } from './context.ts';
import { type ReadOptions, readThrough, recordsOf } from './opened-backup.ts';

export interface RestoredBackup {
  /** How many jobs came back. */
  count: number;
}

export interface RestoreNewestOptions extends Pick<ReadOptions, 'wait'> {
  onProgress?: (done: number, total: number) => void;
}

/**
 * Reads the newest backup that can be read into a history that has never heard from the runner; any other is left as
 * it is. A window that dies in the middle goes on at the next start.
 * @returns null where there is none
 */
export async function restoreNewestBackup(
  context: SyncContext,
  options: RestoreNewestOptions = {},
): Promise<RestoredBackup | null> {
  if (!(await isToRecover(context.db))) return null;
  for (const backup of unwrap(await context.api.listBackups()).backups) {
    const count = await recoverFrom(context, backup, options);
    if (count !== null) return { count };
  }
  return null;
}

/** @returns null where it can't be read: it stays where it is, and the one before it is tried */
async function recoverFrom(
  { api, db }: SyncContext,
  { name }: BackupFile,
  { onProgress, wait }: RestoreNewestOptions,
): Promise<number | null> {
  const opened = await api.openBackup({ name });
  if (!opened.ok) return null;
  const { openId } = opened.value;
  try {
    const contents = await readThrough(api, opened.value, wait && { wait }).catch(ifUnreadable);
    if (contents === null) return null;
    let done = 0;
    for (const kind of ['job', 'delivery'] as const) {
      for await (const records of recordsOf(api, openId, kind)) {
        done += await writeRecovered(db, records, contents.isOwn);
        onProgress?.(done, contents.counts.job);
      }
    }
    for await (const views of recordsOf(api, openId, 'view')) await addViews(db, views);
    await endRecovery(db);
    return done;
  } finally {
    await api.closeBackup({ openId });
  }
}

function ifUnreadable(error: unknown): null {
  if (error instanceof AppError) return null;
  throw error;
}
