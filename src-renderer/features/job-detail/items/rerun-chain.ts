/** The batches that one repeats the failed items of, from the first to itself. */
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { type JobId, parseJobId } from '#shared/job/job-id.ts';
import type { JobdeckDatabase } from '../../../db/database.ts';
import type { JobRow } from '../../../db/job-row.ts';
import { jobById } from '../../../db/queries.ts';

/** Longer chains are nobody's work; a circle of imported records would have no end. */
const MAX_CHAIN = 100;

/** Ends at a batch that the history no longer has. */
export async function rerunChain(db: JobdeckDatabase, row: JobRow): Promise<JobId[]> {
  const chain = [row.id];
  let current: JobRow | undefined = row;
  while (current !== undefined && chain.length < MAX_CHAIN) {
    const earlier = repeatedBy(current);
    if (earlier === null || chain.includes(earlier)) break;
    current = await jobById(db, earlier);
    if (current !== undefined) chain.unshift(earlier);
  }
  return chain;
}

function repeatedBy({ job }: JobRow): JobId | null {
  const items = jobdeckOf(job)?.items;
  return items !== undefined && 'failed_of' in items ? parseJobId(items.failed_of) : null;
}
