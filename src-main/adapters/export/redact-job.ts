/** Records for someone who may know how jobs went, but not what they were about. */
import type { Redaction } from '#shared/contract/exports.ts';
import type { BatchJob, JobMetadata } from '#shared/job/batch-job.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { Attempt, JobdeckMetadata, JobResult } from '#shared/job/jobdeck-metadata.ts';

/** What stands where something was taken out. */
export const REMOVED = '[removed]';

/**
 * The record without what is to be taken out. It is as valid as it was.
 *
 * Of `metadata` every key stays, and each value becomes `[removed]`: values inside it go whole, since their keys say
 * much, too. Of `metadata.jobdeck` numbers, times, codes and the ids of other jobs stay; what a job is called, what it
 * would run and with what, what it printed, and what its errors say goes.
 */
export function redactJob(job: BatchJob, { callbackUrls, metadataValues }: Redaction): BatchJob {
  return {
    ...job,
    // What went wrong with a callback names its host.
    ...(callbackUrls && { callback_url: null, callback_error: job.callback_error === null ? null : REMOVED }),
    ...(metadataValues && { metadata: job.metadata === null ? null : redactMetadata(job.metadata) }),
  };
}

function redactMetadata(metadata: JobMetadata): JobMetadata {
  const entries = Object.entries(metadata).map(([key, value]) =>
    key === 'jobdeck' ? [key, redactJobdeck(value as JobdeckMetadata)] : [key, REMOVED],
  );
  return Object.fromEntries(entries) as JobMetadata;
}

/** Named one by one: a key that is added to the schema is not let out before someone has thought of it. */
const KEPT = [
  'version',
  'priority',
  'after',
  'after_condition',
  'not_before',
  'deadline',
  'timeout_ms',
  'kill_grace_ms',
  'retry',
  'on_interrupt',
  'on_duplicate',
  'rerun_of',
  'max_output_bytes',
  'concurrency',
  'rate_limit',
  'fail_when',
  'next_attempt_at',
  'dependencies',
  'joined',
  'missed_runs',
  'counts',
] as const satisfies readonly (keyof JobdeckMetadata)[];

const KEPT_OF_RESULT = [
  'exit_code',
  'signal',
  'stdout_bytes',
  'stderr_bytes',
  'truncated',
  'stdout_cut_bytes',
  'stderr_cut_bytes',
  'status_code',
] as const satisfies readonly (keyof JobResult)[];

function redactJobdeck(jobdeck: JobdeckMetadata): JobdeckMetadata {
  const { attempts, result, error } = jobdeck;
  return {
    ...picked(jobdeck, KEPT),
    ...(attempts && { attempts: attempts.map(redactAttempt) }),
    ...(result && { result: picked(result, KEPT_OF_RESULT) }),
    ...(error && { error: redactError(error) }),
  };
}

function redactAttempt({ error, ...attempt }: Attempt): Attempt {
  return { ...attempt, ...(error && { error: redactError(error) }) };
}

function redactError({ code }: JobError): JobError {
  return { code, message: REMOVED };
}

function picked<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  const present = keys.filter((key) => from[key] !== undefined);
  return Object.fromEntries(present.map((key) => [key, from[key]])) as Pick<T, K>;
}
