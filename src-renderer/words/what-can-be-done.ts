/** Which actions a job has in its status. */
import { isTerminal } from '#shared/job/lifecycle.ts';
import { isInRunner, type JobRow } from '../db/job-row.ts';

export interface Possible {
  run: boolean;
  cancel: boolean;
  again: boolean;
  remove: boolean;
}

/** For one row, or for several: true where it is possible for at least one of them. */
export function whatCanBeDone(rows: readonly Pick<JobRow, 'status' | 'bucket' | 'kind'>[]): Possible {
  return {
    run: rows.some((row) => row.bucket === 'created' && row.status !== 'running' && row.kind !== null),
    cancel: rows.some((row) => isInRunner(row)),
    again: rows.some((row) => row.kind !== null && (isTerminal(row.status) || elsewhere(row))),
    remove: rows.some((row) => !isInRunner(row)),
  };
}

function elsewhere(row: Pick<JobRow, 'status' | 'bucket'>): boolean {
  return row.status === 'running' && row.bucket === 'created';
}
