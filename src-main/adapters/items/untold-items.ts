/** Of the items that ended, those that a callback is still to tell of. They go with the items of their job. */
import type { JobId } from '#shared/job/job-id.ts';
import type { Database } from '../journal/database.ts';
import { explained } from '../journal/sqlite-error.ts';

/** `mark` and `unmark` are called within a transaction. */
export interface UntoldItems {
  mark(batch: number, index: number): void;
  unmark(jobId: JobId, index: number): void;
  /** In the order in which they were marked. */
  page(jobId: JobId, limit: number): number[];
  jobs(): JobId[];
}

export function createUntoldItems({ file, sqlite }: Database): UntoldItems {
  const sql = explained(file, () => ({
    mark: sqlite.prepare(
      `UPDATE items SET untold = 1 + coalesce(
           (SELECT untold FROM items WHERE batch = ?1 AND untold IS NOT NULL ORDER BY untold DESC LIMIT 1), 0)
         WHERE batch = ?1 AND idx = ?2`,
    ),
    unmark: sqlite.prepare(
      'UPDATE items SET untold = NULL WHERE batch = (SELECT id FROM batches WHERE job_id = ?) AND idx = ?',
    ),
    page: sqlite.prepare(
      `SELECT idx FROM items WHERE batch = (SELECT id FROM batches WHERE job_id = ?) AND untold IS NOT NULL
         ORDER BY untold LIMIT ?`,
    ),
    nextBatch: sqlite.prepare(
      'SELECT batch FROM items WHERE untold IS NOT NULL AND batch > ? ORDER BY batch LIMIT 1',
    ),
    jobOf: sqlite.prepare('SELECT job_id FROM batches WHERE id = ?'),
  }));

  return {
    mark: (batch, index) => void sql.mark.run(batch, index),
    unmark: (jobId, index) => void sql.unmark.run(jobId, index),
    page: (jobId, limit) => explained(file, () => sql.page.all(jobId, limit).map(({ idx }) => Number(idx))),
    jobs: () =>
      explained(file, () => {
        const jobs: JobId[] = [];
        // One step in the index for each batch, however many items it has.
        for (let row = sql.nextBatch.get(0); row !== undefined; row = sql.nextBatch.get(Number(row.batch))) {
          const id = sql.jobOf.get(Number(row.batch))?.job_id;
          // Null where the items are no longer wanted.
          if (typeof id === 'string') jobs.push(id as JobId);
        }
        return jobs;
      }),
  };
}
