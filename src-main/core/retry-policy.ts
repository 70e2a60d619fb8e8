/** Whether a failed attempt is followed by another, and how long it waits. Pure. */
import type { StopReason } from '#shared/job/batch-job.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { JobResult, RetryCause, RetryPolicy } from '#shared/job/jobdeck-metadata.ts';
import type { Random } from './ports.ts';

/** What an `AttemptReport` says of a failure. */
export interface Failure {
  error: JobError;
  result: JobResult;
  /** How long the other side asked to be left alone, milliseconds. */
  retryAfterMs?: number;
  stopReason?: StopReason;
}

/** A longer `Retry-After` is cut to this: a server may not park a job for ever. */
const MAX_RETRY_AFTER_MS = 86_400_000;

const DEFAULT_CAUSES: readonly RetryCause[] = ['exit-code', 'timeout', 'network', 'http-5xx', 'http-429'];

/** What the other side says will be the same however often it is asked. */
const FINAL_STOP_REASONS: readonly StopReason[] = [
  'insufficient_credits',
  'context_window_overflow_in_system_prompt',
];

/**
 * Milliseconds until the next attempt, or null where none follows. The wait grows by `factor` with each attempt up
 * to `max_backoff_ms`; a `Retry-After` (RFC 9110, 10.2.3) is the least it can be and may go beyond that.
 * @param endedAttempt number of the attempt that failed, from 1
 */
export function nextAttemptDelayMs(
  policy: RetryPolicy | undefined,
  endedAttempt: number,
  failure: Failure,
  random: Random,
): number | null {
  if (policy === undefined || endedAttempt >= (policy.max_attempts ?? 1)) return null;
  if (!isRetried(policy, failure)) return null;
  const askedMs = Math.min(Math.max(failure.retryAfterMs ?? 0, 0), MAX_RETRY_AFTER_MS);
  return Math.ceil(Math.max(backoffMs(policy, endedAttempt, random), askedMs));
}

function isRetried({ on, exit_codes }: RetryPolicy, failure: Failure): boolean {
  if (failure.stopReason !== undefined && FINAL_STOP_REASONS.includes(failure.stopReason)) return false;
  if (failure.error.code === 'exit-code' && exit_codes !== undefined) {
    const exitCode = failure.result.exit_code;
    if (exitCode == null || !exit_codes.includes(exitCode)) return false;
  }
  const retried: readonly RetryCause[] = on ?? DEFAULT_CAUSES;
  return causesOf(failure).some((cause) => retried.includes(cause));
}

/** A failure counts for each of these; none where no second attempt could go better, such as a wrong task. */
function causesOf({ error, result }: Failure): RetryCause[] {
  switch (error.code) {
    case 'exit-code':
    case 'signal':
    case 'spawn':
    case 'timeout':
    case 'network':
      return [error.code];
    case 'http-status':
      return httpCauses(result.status_code);
    // An endpoint's refusal has both: it is the model's failure and an answer with a status.
    case 'model':
      return ['model', ...httpCauses(result.status_code)];
    default:
      return [];
  }
}

function httpCauses(status: number | undefined): RetryCause[] {
  if (status === undefined) return [];
  const causes: RetryCause[] = [];
  if (status === 408) causes.push('http-408');
  if (status === 429) causes.push('http-429');
  if (status >= 400 && status <= 499) causes.push('http-4xx');
  if (status >= 500 && status <= 599) causes.push('http-5xx');
  return causes;
}

function backoffMs(policy: RetryPolicy, endedAttempt: number, random: Random): number {
  const { backoff_ms = 1000, factor = 2, max_backoff_ms = 60_000, jitter = true } = policy;
  // The power may be infinite, and nothing times that is no number.
  const grown = backoff_ms === 0 ? 0 : backoff_ms * factor ** (endedAttempt - 1);
  const wholeMs = Math.min(grown, max_backoff_ms);
  return jitter ? wholeMs * (0.5 + random.next() / 2) : wholeMs;
}
