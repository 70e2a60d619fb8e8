/**
 * Drops all that is kept of a job. It may have thousands of deliveries, so they go in bounded steps, which share the
 * commits of whatever else is written; the record goes last, so that a crash in between leaves a job to forget again.
 */
import type { JobId } from '#shared/job/job-id.ts';
import type { DeliveryWrites } from '../deliveries/delivery-writes.ts';
import type { Database } from './database.ts';
import { explained } from './sqlite-error.ts';

/** Deliveries in a step. Most jobs have few, and many such jobs share a commit. */
const ROWS_OF_FIRST_STEP = 8;
const ROWS_PER_STEP = 256;

/** Resolves once nothing of the jobs is left. */
export type Forget = (ids: readonly JobId[]) => Promise<void>;

export function createForgetting(database: Database, deliveries: Pick<DeliveryWrites, 'dropSome'>): Forget {
  const { file, sqlite } = database;
  const sql = explained(file, () => ({
    newestOf: sqlite.prepare('SELECT seq FROM jobs WHERE id = ?'),
    deleteJob: sqlite.prepare('DELETE FROM jobs WHERE id = ? RETURNING seq'),
    deleteEventOf: sqlite.prepare('DELETE FROM events WHERE seq = ? AND job_id = ? RETURNING earlier'),
  }));

  /** Within a transaction. True where there may be more to do. */
  function dropSome(id: JobId, limit: number): boolean {
    if (deliveries.dropSome(id, limit)) return true;
    let seq = sql.deleteJob.get(id)?.seq;
    // Ends at the first event, or at one that compaction has dropped.
    while (seq != null) seq = sql.deleteEventOf.get(Number(seq), id)?.earlier;
    return false;
  }

  async function forgetOne(id: JobId): Promise<void> {
    let newest: unknown;
    const begin = () => {
      newest = sql.newestOf.get(id)?.seq;
      return dropSome(id, ROWS_OF_FIRST_STEP);
    };
    // A job that was submitted anew meanwhile stays.
    const goOn = () => sql.newestOf.get(id)?.seq === newest && dropSome(id, ROWS_PER_STEP);
    let hasMore = await database.write({ apply: begin, sizeBytes: 0, rows: ROWS_OF_FIRST_STEP });
    while (hasMore) hasMore = await database.write({ apply: goOn, sizeBytes: 0, rows: ROWS_PER_STEP });
  }

  return async (ids) => void (await Promise.all(ids.map(forgetOne)));
}
