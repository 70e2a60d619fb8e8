/**
 * What a history that has just been made begins with: the newest backup. The outbox brings what the runner still has
 * afterwards, and is newer.
 */
import { AppError } from '#shared/app-error.ts';
import type { BackupContents, BackupFile } from '#shared/contract/backups.ts';
import { unwrap } from '#shared/contract/result.ts';
import { endRecovery, isToRecover, writeRecovered } from '../db/recover-page.ts';
import { addViews } from '../db/restored-view.ts';
import type { SyncContext } from './context.ts';
import { type ReadOptions, readThrough, recordsOf } from './opened-backup.ts';

export interface RecoverySource extends Pick<BackupContents, 'unreadable' | 'firstProblem'> {
  createdAt: string;
  /** How many came back. */
  jobs: number;
}

/** What a lost history was recovered from. */
export interface Recovery {
  /** Null where none could be read. */
  used: RecoverySource | null;
  /** The newer ones that could not be read, the newest first, and why. */
  skipped: readonly { createdAt: string; why: string }[];
  /** Why it is not even known which there are; null where it is. */
  listProblem: string | null;
}

export interface RestoreNewestOptions extends Pick<ReadOptions, 'wait'> {
  onProgress?: (done: number, total: number) => void;
}

/**
 * Reads the newest backup that can be read into a history that has never heard from the runner; any other is left as
 * it is. A window that dies in the middle goes on at the next start. Where none can be read that is the end of it: what
 * the runner tells comes into the history then, and a backup can be restored by hand.
 * @returns null where there is nothing to recover, or no backup to recover from
 * @throws where the history can not be written; the next start tries again
 */
export async function restoreNewestBackup(
  context: SyncContext,
  options: RestoreNewestOptions = {},
): Promise<Recovery | null> {
  if (!(await isToRecover(context.db))) return null;
  const listed = await context.api.listBackups();
  if (!listed.ok) return { used: null, skipped: [], listProblem: listed.error.message };
  const skipped: { createdAt: string; why: string }[] = [];
  for (const backup of listed.value.backups) {
    const { createdAt } = backup;
    try {
      return { used: await recoverFrom(context, backup, options), skipped, listProblem: null };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      skipped.push({ createdAt, why: error.message });
    }
  }
  return skipped.length === 0 ? null : { used: null, skipped, listProblem: null };
}

/** A backup can't be read: it stays where it is, and the one before it is tried. */
class Unreadable extends Error {}

/** @throws Unreadable with the sentence that main gave */
async function recoverFrom(
  { api, db }: SyncContext,
  { name, createdAt }: BackupFile,
  { onProgress, wait }: RestoreNewestOptions,
): Promise<RecoverySource> {
  const opened = await reading(async () => unwrap(await api.openBackup({ name })));
  const { openId } = opened;
  try {
    const contents = await reading(() => readThrough(api, opened, wait && { wait }));
    let done = 0;
    for (const kind of ['job', 'delivery'] as const) {
      for await (const records of readable(recordsOf(api, openId, kind))) {
        done += await writeRecovered(db, records, contents.isOwn);
        onProgress?.(done, contents.counts.job);
      }
    }
    for await (const views of readable(recordsOf(api, openId, 'view'))) await addViews(db, views);
    await endRecovery(db);
    const { unreadable, firstProblem } = contents;
    return { createdAt, jobs: done, unreadable, firstProblem };
  } finally {
    await api.closeBackup({ openId });
  }
}

async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof AppError ? new Unreadable(error.message, { cause: error }) : error;
  }
}

/** The same pages. What is done with a page may fail, too, which says nothing of the backup. */
async function* readable<T>(pages: AsyncGenerator<T>): AsyncGenerator<T> {
  for (;;) {
    const page = await reading(() => pages.next());
    if (page.done) return;
    yield page.value;
  }
}
