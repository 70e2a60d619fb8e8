/** Hands the jobs of a run over to the runner. */
import { MAX_PAGE } from '#shared/contract/limits.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import { callbackOriginsOf } from '../../adapters/callback-origins.ts';
import type { Workspace } from '../../adapters/workspace-types.ts';
import type { Runner } from '../../core/runner-types.ts';
import type { Progress } from './progress.ts';
import type { Stopping } from './stopping.ts';

/** Whether a document is to be run; why not is told. */
export function isToRun({ id, status }: BatchJob, { findJob }: Workspace, progress: Progress): boolean {
  if (status !== 'created' && status !== 'pending') {
    progress.note(`Skipped ${id} (${status}): only documents with status created or pending are run.`);
    return false;
  }
  const known = findJob(id);
  if (known === undefined || !isTerminal(known.status)) return true;
  progress.note(
    `Skipped ${id}: it has ended here already (${known.status}). With another id, or none, it runs again.`,
  );
  return false;
}

/** Gives how many were refused; why is told. */
export async function handOver(
  runner: Runner,
  jobs: readonly BatchJob[],
  stopping: Stopping,
  progress: Progress,
): Promise<number> {
  // Who calls it has written or named the files: where their callbacks lead is what they want.
  const origins = callbackOriginsOf(jobs);
  if (origins.length > 0) await runner.callbacks.allow(origins);
  let count = 0;
  // A job may wait for any other of the files: then all of them are handed over at once.
  const pageSize = jobs.some(waitsForOthers) ? jobs.length : MAX_PAGE;
  for (let at = 0; at < jobs.length && !stopping.isStopping(); at += pageSize) {
    const { refused } = await runner.submit(jobs.slice(at, at + pageSize));
    count += refused.length;
    for (const { id, error } of refused) progress.fail(`Could not run ${id}: ${error.message}`);
  }
  return count;
}

function waitsForOthers(job: BatchJob): boolean {
  return (jobdeckOf(job)?.after?.length ?? 0) > 0;
}
