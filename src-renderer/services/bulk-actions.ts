/** What can be asked of several jobs at once, and which of them it can reach. */
import { MAX_PAGE } from '#shared/contract/limits.ts';
import type { JobProgress } from '#shared/contract/runner-state.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckDatabase } from '../db/database.ts';
import { isInRunner, type JobRow } from '../db/job-row.ts';
import { jobsByIds } from '../db/queries.ts';
import { type Possible, whatCanBeDone } from '../words/what-can-be-done.ts';

export const BULK_ACTIONS = [
  'run',
  'cancel',
  'again',
  'remove',
  'suspend',
  'resume',
  'first',
  'last',
] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** What is known of how far a job is: `ProgressFeed.of`. */
type ProgressOf = (id: JobId) => Pick<JobProgress, 'suspended'> | null;

/** Whether a job as it stands can be asked this. */
export function canBe(action: BulkAction, row: JobRow, progressOf: ProgressOf): boolean {
  switch (action) {
    case 'suspend':
      return isInRunner(row) && row.status === 'running' && progressOf(row.id)?.suspended !== true;
    case 'resume':
      return isInRunner(row) && row.status === 'running' && progressOf(row.id)?.suspended === true;
    case 'first':
    case 'last':
      return isInRunner(row) && row.status === 'pending';
    default:
      return whatCanBeDone([row])[action satisfies keyof Possible];
  }
}

/** Of these ids those whose row passes: read a page at a time, so that fifty thousand hold nothing up. */
export async function idsThat(
  db: JobdeckDatabase,
  ids: readonly JobId[],
  passes: (row: JobRow) => boolean,
): Promise<JobId[]> {
  const passed: JobId[] = [];
  for (let start = 0; start < ids.length; start += MAX_PAGE) {
    const rows = await jobsByIds(db, ids.slice(start, start + MAX_PAGE));
    for (const row of rows) if (passes(row)) passed.push(row.id);
  }
  return passed;
}
