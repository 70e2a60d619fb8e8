/** What becomes of jobs that the runner should have and does not. */

import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { AttemptEnd } from '#shared/job/transition.ts';
import { transition } from '#shared/job/transition.ts';
import type { JobdeckDatabase } from './database.ts';
import { isInRunner } from './job-row.ts';
import { allJobs } from './queries.ts';
import { factsOf, toRow } from './to-row.ts';
import { editRows } from './write-rows.ts';

const LOST: JobError = {
  code: 'interrupted',
  message:
    'The runner has no record of this job any more, so how it ended is not known. Run it again if needed.',
};
const UNMEASURED: AttemptEnd = { durationNs: null, ttftNs: null, totalDurationNs: null };

/**
 * Marks as failed what is pending or running here and not among `known`: a job is never shown running when it is
 * not, and none vanishes.
 * @returns the ids that were marked
 */
export async function interruptLost(
  db: JobdeckDatabase,
  known: ReadonlySet<JobId>,
  now = new Date().toISOString(),
): Promise<JobId[]> {
  const marked: JobId[] = [];
  for (const filter of ['active', 'scheduled'] as const) {
    for await (const rows of allJobs(db, { filter, search: '' })) {
      const lost = rows.filter((row) => !known.has(row.id)).map((row) => row.id);
      const changed = await editRows(db, lost, (row) =>
        isInRunner(row) ? toRow(interrupted(row.job, now), factsOf(row)) : null,
      );
      marked.push(...changed);
    }
  }
  return marked;
}

/** A pending or running job as one of which nobody knows how it ended. */
export function interrupted(job: BatchJob, now: string): BatchJob {
  const end = job.status === 'running' ? { end: UNMEASURED } : {};
  return transition(job, { type: 'fail', by: null, error: LOST, ...end }, now).job;
}
