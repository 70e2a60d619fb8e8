/** Making a backup of the history. */
import type { Dexie } from 'dexie';
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import type { BackupMade, BackupReason } from '#shared/contract/backups.ts';
import { unwrap } from '#shared/contract/result.ts';
import { backupRecords, countJobs } from '../db/backup-records.ts';
import { withImportLock } from '../db/history-lock.ts';
import { readOldHistory } from '../db/old-history.ts';
import { currentHistoryName } from '../db/open-history.ts';

export type BackupApi = Pick<JobdeckApi, 'beginBackup' | 'writeBackup' | 'finishBackup' | 'cancelBackup'>;

export interface BackupOptions {
  /** Called after each page with how many jobs and other records were written so far. */
  onProgress?: (done: number) => void;
  /** Gives it up between two pages. */
  signal?: AbortSignal;
  pageSize?: number;
}

/**
 * Writes the whole history to a new file, which is then read through; what that found is in the answer. Never two at
 * once, and none while an import or a restore is half done.
 * @throws AppError where it could not be written: there is nothing of it then
 */
export function makeBackup(
  api: BackupApi,
  db: Dexie,
  reason: BackupReason,
  options: BackupOptions = {},
): Promise<BackupMade> {
  return withImportLock(db, () => writeBackup(api, db, reason, options));
}

/** The same, to be called with the lock of imports. */
export async function writeBackup(
  api: BackupApi,
  db: Dexie,
  reason: BackupReason,
  { onProgress, signal, pageSize }: BackupOptions = {},
): Promise<BackupMade> {
  signal?.throwIfAborted();
  const { writeId } = unwrap(await api.beginBackup({ reason }));
  try {
    let done = 0;
    for await (const records of backupRecords(db, pageSize)) {
      signal?.throwIfAborted();
      unwrap(await api.writeBackup({ writeId, records }));
      done += records.length;
      onProgress?.(done);
    }
    return unwrap(await api.finishBackup({ writeId }));
  } catch (error) {
    await api.cancelBackup({ writeId });
    throw error;
  }
}

/**
 * Backs up a history that this version is about to change. To be called before it is opened.
 * @throws AppError where that is not possible; nothing was changed then
 */
export async function backUpBeforeMigration(
  api: BackupApi,
  onProgress: (done: number, total: number) => void,
): Promise<BackupMade | null> {
  const name = await currentHistoryName();
  let made: BackupMade | null = null;
  if (name === null) return made;
  await readOldHistory(name, async (db) => {
    const total = await countJobs(db);
    if (total === 0) return;
    made = await makeBackup(api, db, 'migration', {
      onProgress: (done) => onProgress(Math.min(done, total), total),
    });
  });
  return made;
}
