/** Whether a job can be run as its record says. A field that can't be honoured is a sentence, never ignored. */
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { JobdeckMetadata } from '#shared/job/jobdeck-metadata.ts';
import type { Task } from '#shared/job/tasks.ts';
import { timeOf } from './times.ts';

/** The task of a job that can run, or why it can't. */
export function runnableTask(job: BatchJob): { task: Task } | { error: JobError } {
  const jobdeck = jobdeckOf(job);
  const task = jobdeck?.task;
  if (jobdeck === undefined || task === undefined) {
    return invalid(
      'This record has no task: expected metadata.jobdeck.task to say what to run. Give it one and run it again.',
    );
  }
  const reason = contradiction(jobdeck);
  return reason === null ? { task } : invalid(reason);
}

function contradiction({ items, rate_limit, deadline, not_before }: JobdeckMetadata): string | null {
  if (rate_limit !== undefined && items === undefined) {
    return 'Expected a job with metadata.jobdeck.rate_limit to have items, whose beginnings it limits: give it items, or remove the limit.';
  }
  if (deadline != null && timeOf(deadline) === null) return notATime('deadline', deadline);
  if (not_before != null && timeOf(not_before) === null) return notATime('not_before', not_before);
  return null;
}

function notATime(field: string, value: string): string {
  return `Expected metadata.jobdeck.${field} to be a time such as 2026-12-01T06:00:00Z, got ${JSON.stringify(value)}.`;
}

function invalid(message: string): { error: JobError } {
  return { error: { code: 'invalid-task', message } };
}
