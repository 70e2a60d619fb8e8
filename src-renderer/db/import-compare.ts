/** What documents of an import are to the history, with nothing written: for the preview. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobdeckDatabase } from './database.ts';
import { isInRunner, type JobRow } from './job-row.ts';
import { jsonEqual } from './json-equal.ts';
import { rowsByIds } from './rows-by-ids.ts';

/** `active` is a conflict with a job that the runner owns now: that one can only be kept. */
export type Comparison = 'new' | 'same' | 'conflict' | 'active';

/** One comparison for each job, in their order. */
export async function compareWithHistory(
  db: JobdeckDatabase,
  jobs: readonly BatchJob[],
): Promise<Comparison[]> {
  const known = await rowsByIds(
    db,
    jobs.map((job) => job.id),
  );
  return jobs.map((job) => compared(known.get(job.id), job));
}

/** What a document is to the row that has its id. A deleted one that can still be brought back is not there. */
export function compared(row: JobRow | undefined, job: BatchJob): Comparison {
  if (row === undefined || row.bucket === 'trash') return 'new';
  if (jsonEqual(row.job, job)) return 'same';
  return isInRunner(row) ? 'active' : 'conflict';
}
