/** A short way to fill a history: records from elsewhere, added as data. The application imports in pages. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckDatabase } from '../../src-renderer/db/database.ts';
import { jsonEqual } from '../../src-renderer/db/json-equal.ts';
import { jobsByIds } from '../../src-renderer/db/queries.ts';
import { toRow } from '../../src-renderer/db/to-row.ts';
import { writeRows } from '../../src-renderer/db/write-rows.ts';

export interface ImportedJobs {
  added: JobId[];
  /** The history has the very same document. */
  same: JobId[];
  /** The history has another document of this id, and keeps it. */
  conflicting: JobId[];
}

/** Adds what the history does not have, in one transaction. The first of two documents with one id counts. */
export function importJobs(db: JobdeckDatabase, jobs: readonly BatchJob[]): Promise<ImportedJobs> {
  return db.change(async () => {
    const ids = [...new Set(jobs.map((job) => job.id))];
    const known = new Map((await jobsByIds(db, ids)).map((row) => [row.id, row.job]));
    const sorted: ImportedJobs = { added: [], same: [], conflicting: [] };
    const fresh: BatchJob[] = [];
    for (const job of jobs) {
      const kept = known.get(job.id);
      if (kept === undefined) {
        known.set(job.id, job);
        fresh.push(job);
        sorted.added.push(job.id);
      } else (jsonEqual(kept, job) ? sorted.same : sorted.conflicting).push(job.id);
    }
    await writeRows(
      db,
      fresh.map((job) => ({ before: undefined, after: toRow(job, { origin: 'imported' }) })),
    );
    return sorted;
  });
}
