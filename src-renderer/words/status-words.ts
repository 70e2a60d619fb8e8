/** What a job's status is called on the screen, and its look. */
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { isInRunner, type JobRow } from '../db/job-row.ts';

export type Look = 'saved' | 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired';

/** True for an imported job that its owner has not approved yet. A record without a task runs nothing to approve. */
export function needsApproval(row: Pick<JobRow, 'origin' | 'approvedAtMs' | 'bucket' | 'kind'>): boolean {
  return (
    row.kind !== null && row.origin === 'imported' && row.approvedAtMs === null && row.bucket === 'created'
  );
}

/** The look of a row: a record that only says it runs, because it ran elsewhere, is shown as saved. */
export function lookOf(row: Pick<JobRow, 'status' | 'bucket'>): Look {
  switch (row.status) {
    case 'created':
      return 'saved';
    case 'pending':
      return isInRunner(row) ? 'waiting' : 'saved';
    case 'running':
      return isInRunner(row) ? 'running' : 'saved';
    case 'completed':
      return 'done';
    default:
      return row.status;
  }
}

const LOOK_WORDS: Record<Look, string> = {
  saved: 'Saved',
  waiting: 'Waiting',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  expired: 'Expired',
};

/** One word for the status chip. */
export function lookWord(look: Look): string {
  return LOOK_WORDS[look];
}

/** Milliseconds since 1970 when the attempt that runs began, or null. */
export function runningSinceMs(job: BatchJob): number | null {
  const last = jobdeckOf(job)?.attempts?.at(-1);
  return last === undefined || last.outcome !== undefined ? null : Date.parse(last.started_at);
}

/** What the list says of how a job stands, without the running time: "exit 3", "timed out", "needs approval". */
export function stateText(
  row: Pick<JobRow, 'status' | 'bucket' | 'origin' | 'approvedAtMs' | 'kind' | 'job'>,
): string {
  const look = lookOf(row);
  if (needsApproval(row)) return 'needs approval';
  if (look === 'waiting') {
    const attempts = jobdeckOf(row.job)?.attempts?.length ?? 0;
    return attempts === 0 ? 'waiting' : `waiting, attempt ${attempts + 1}`;
  }
  if (look === 'failed') return failureText(row.job);
  return LOOK_WORDS[look].toLowerCase();
}

function failureText(job: BatchJob): string {
  const jobdeck = jobdeckOf(job);
  const code = jobdeck?.error?.code;
  switch (code) {
    case 'exit-code':
      return typeof jobdeck?.result?.exit_code === 'number'
        ? `exit ${jobdeck.result.exit_code}`
        : 'exit code';
    case 'signal':
      return jobdeck?.result?.signal ? jobdeck.result.signal : 'signal';
    case 'timeout':
      return 'timed out';
    case 'spawn':
      return 'did not start';
    case 'interrupted':
      return 'interrupted';
    case 'disk-full':
      return 'disk full';
    case undefined:
      return 'failed';
    default:
      return code.replaceAll('-', ' ');
  }
}
