/** Why a submitted job is not taken over. */
import { AppError } from '#shared/app-error.ts';
import type { QueueMode } from '#shared/contract/runner-state.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { isActive } from '#shared/job/lifecycle.ts';
import { queueOf } from '../active-jobs.ts';

/** How many ids of a ring are named. */
const MAX_NAMED = 5;

/** @throws AppError `conflict` */
export function checkStatus({ id, status }: BatchJob): void {
  if (status === 'created' || status === 'pending') return;
  const reason = isActive(status)
    ? 'is said to run already, elsewhere'
    : `has ended (${status}): "Run again" makes a new job of it`;
  throw new AppError('conflict', `Expected ${id} to be created or pending, but it ${reason}.`);
}

/** Of a job that comes with the id of another, which the runner still keeps. */
export function endedBefore({ id, status }: BatchJob): AppError {
  return new AppError(
    'conflict',
    `Expected an id of its own, but another job was run here as ${id} and has ended (${status}): "Run again" makes a new job of this one.`,
  );
}

/** @throws AppError `conflict` where the queue takes no new jobs */
export function checkQueue(job: BatchJob, modeOf: (name: string) => QueueMode): void {
  const name = queueOf(job);
  if (modeOf(name) !== 'draining') return;
  throw new AppError(
    'conflict',
    `The queue ${JSON.stringify(name)} is draining and takes no new jobs: open it again, or choose another queue.`,
  );
}

export function circular(ring: readonly string[]): AppError {
  if (ring.length === 1) {
    return new AppError('bad-request', `${ring[0]} waits for itself: take it out of metadata.jobdeck.after.`);
  }
  const named = ring.slice(0, MAX_NAMED).join(' waits for ');
  const rest = ring.length > MAX_NAMED ? `, and so on through ${ring.length} jobs` : '';
  const message = `These jobs wait for each other, so none of them could ever start: ${named} waits for ${ring[MAX_NAMED] ?? ring[0]}${rest}. Take one of these ids out of metadata.jobdeck.after.`;
  return new AppError('bad-request', message);
}

export function refusedToo(id: string): AppError {
  return new AppError('bad-request', `It waits for ${id}, which was refused.`);
}

export function unknownDependency(id: string): AppError {
  return new AppError(
    'bad-request',
    `It waits for ${id}, of which nothing is known: submit that job before this one or with it, or take it out of metadata.jobdeck.after.`,
  );
}

export function tooMany(count: number, max: number): AppError {
  return new AppError(
    'bad-request',
    `Expected a job to wait for at most ${max} others, got ${count} in metadata.jobdeck.after: make a batch of them, or let groups of them end in a job each.`,
  );
}

/** @param wantedToJoin it asked to join, and a schedule can't: it would end with the first run */
export function duplicate(key: string, holder: JobId, wantedToJoin: boolean): AppError {
  const joining = wantedToJoin ? ' A job with a schedule joins no other.' : '';
  return new AppError(
    'conflict',
    `${holder} is active with the same dedup_key ${JSON.stringify(key)}: wait for its end, or cancel it.${joining}`,
  );
}
