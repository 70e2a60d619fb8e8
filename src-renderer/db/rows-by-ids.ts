/** Looking many ids up at once, most of which the history may not have. */
import { Dexie } from 'dexie';
import { AppError } from '#shared/app-error.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckDatabase } from './database.ts';
import type { JobRow } from './job-row.ts';

/**
 * The rows of these ids that there are. Asked of IndexedDB itself, as Dexie reads a list for each: that takes three and
 * a half times as long in Chromium. So it is nothing for live queries, which do not notice it.
 */
export function rowsByIds(db: JobdeckDatabase, ids: readonly JobId[]): Promise<Map<JobId, JobRow>> {
  return db.transaction('r', db.jobs, async (transaction) => {
    const found = new Map<JobId, JobRow>();
    if (ids.length === 0) return found;
    const index = transaction.idbtrans.objectStore(db.jobs.name).index('id');
    await new Dexie.Promise<void>((resolve, reject) => {
      let left = ids.length;
      for (const id of ids) {
        const request: IDBRequest<JobRow | undefined> = index.get(id);
        request.onsuccess = () => {
          if (request.result !== undefined) found.set(id, request.result);
          left -= 1;
          if (left === 0) resolve();
        };
        request.onerror = () =>
          reject(new AppError('io', 'The history could not be read.', { cause: request.error }));
      }
    });
    return found;
  });
}
