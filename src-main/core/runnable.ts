/** What this version can run, and when it may no longer. A field it can't honour is a sentence, never ignored. */
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { JobdeckMetadata } from '#shared/job/jobdeck-metadata.ts';
import { isProcessTask, type Task } from '#shared/job/tasks.ts';

/** True where the job had to start before `now` and did not. */
export function deadlinePassed(job: BatchJob, now: string): boolean {
  const deadline = jobdeckOf(job)?.deadline;
  return deadline != null && Date.parse(deadline) <= Date.parse(now);
}

/** The task of a job that can run here and now, or why it can't. */
export function runnableTask(job: BatchJob, now: string): { task: Task } | { error: JobError } {
  const jobdeck = jobdeckOf(job);
  const task = jobdeck?.task;
  if (jobdeck === undefined || task === undefined) {
    return invalid(
      'This record has no task: expected metadata.jobdeck.task to say what to run. Give it one and run it again.',
    );
  }
  if (!isProcessTask(task)) {
    return invalid(
      `This version runs tasks of kind command and script, got ${task.kind} in metadata.jobdeck.task.kind.`,
    );
  }
  const reason = unsupportedField(jobdeck, now);
  return reason === null ? { task } : invalid(reason);
}

function unsupportedField(jobdeck: JobdeckMetadata, now: string): string | null {
  const without = (field: string, what: string) =>
    `This version does not ${what}: remove metadata.jobdeck.${field} to run the job without it.`;
  if (jobdeck.items !== undefined) return without('items', 'run a task for many items');
  if (jobdeck.rate_limit !== undefined) return without('rate_limit', 'limit the rate of a job');
  if (jobdeck.after !== undefined && jobdeck.after.length > 0) return without('after', 'wait for other jobs');
  if ((jobdeck.retry?.max_attempts ?? 1) > 1) return without('retry', 'try a job again by itself');
  if (jobdeck.dedup_key != null) return without('dedup_key', 'look for jobs that do the same');
  if (jobdeck.deadline != null && Number.isNaN(Date.parse(jobdeck.deadline))) {
    return notATime('deadline', jobdeck.deadline);
  }
  if (jobdeck.not_before == null) return null;
  const notBefore = Date.parse(jobdeck.not_before);
  if (Number.isNaN(notBefore)) return notATime('not_before', jobdeck.not_before);
  return notBefore > Date.parse(now) ? without('not_before', 'start a job at a given time') : null;
}

function notATime(field: string, value: string): string {
  return `Expected metadata.jobdeck.${field} to be a time such as 2026-12-01T06:00:00Z, got ${JSON.stringify(value)}.`;
}

function invalid(message: string): { error: JobError } {
  return { error: { code: 'invalid-task', message } };
}
