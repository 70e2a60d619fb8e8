/** What a job waits for (`after`), and what its end means. Pure. */
import { assertNever } from '#shared/app-error.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { EndedDependency } from '#shared/job/jobdeck-metadata.ts';
import type { TerminalStatus } from '#shared/job/lifecycle.ts';

/** The ids in `after` whose end is not recorded yet. */
export function unmetDependencies(job: BatchJob): readonly string[] {
  const { after = [], dependencies = [] } = jobdeckOf(job) ?? {};
  if (after.length === 0 || dependencies.length === 0) return after;
  const ended = new Set<string>(dependencies.map(({ id }) => id));
  return after.filter((id) => !ended.has(id));
}

/** What is recorded of a job's dependencies once this one has ended. */
export function withDependency(job: BatchJob, ended: EndedDependency): EndedDependency[] {
  return [...(jobdeckOf(job)?.dependencies ?? []), ended];
}

/** Why a job can't run any more, because of how one that it waited for ended; null where none stands in its way. */
export function dependencyFailure(job: BatchJob): JobError | null {
  const { after_condition: condition = 'completed', dependencies = [] } = jobdeckOf(job) ?? {};
  if (condition === 'ended') return null;
  const failed = dependencies.find(({ status }) => status !== 'completed');
  if (failed === undefined) return null;
  const message = `It was to run after ${failed.id} had completed, but that job ${endOf(failed.status as TerminalStatus)}.`;
  return { code: 'dependency', message };
}

/** The failure of a job that waited for one of which nothing is known any more. */
export function lostDependency(id: string): JobError {
  return {
    code: 'dependency',
    message: `It was to run after ${id}, and nothing is known of that job any more: run this one again without it.`,
  };
}

function endOf(status: TerminalStatus): string {
  switch (status) {
    case 'completed':
      return 'completed';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'was cancelled';
    case 'expired':
      return 'expired before it could start';
    default:
      return assertNever(status);
  }
}
