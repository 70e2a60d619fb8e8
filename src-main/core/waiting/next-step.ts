/** What is to become of a waiting job now. Pure: the one place that decides it, asked again before each start. */
import { toErrorValue } from '#shared/contract/result.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { PendingUpdate } from '#shared/job/transition.ts';
import type { ActiveJob } from '../active-jobs.ts';
import type { Cron } from '../ports.ts';
import { deadlineMsOf, scheduleAhead, waitingTimeOf } from '../times.ts';
import { dependencyFailure, unmetDependencies } from './dependencies.ts';
import { MISSED_AFTER_MS, skipMissed } from './schedule.ts';

export type NextStep =
  /** It wants a slot. */
  | { do: 'queue' }
  /** Nothing is to be done until something happens, or until this time (milliseconds since 1970). */
  | { do: 'wait'; reason: 'duplicate' | 'dependency' | 'not-before' | 'retry'; untilMs: number | null }
  | { do: 'cancel' }
  | { do: 'expire' }
  | { do: 'fail'; error: JobError }
  /** Its run of a schedule was missed. */
  | { do: 'update'; update: PendingUpdate };

export type Waiting = Pick<ActiveJob, 'job' | 'isDue' | 'cancelRequested'>;

/** @param now RFC 3339 */
export function nextStep({ job, isDue, cancelRequested }: Waiting, now: string, cron: Cron): NextStep {
  if (cancelRequested) return { do: 'cancel' };
  const nowMs = Date.parse(now);
  const skipped = isDue ? null : skipStep(job, now, cron);
  if (skipped !== null) return skipped;
  const deadlineMs = deadlineMsOf(job);
  if (deadlineMs !== null && deadlineMs <= nowMs) return { do: 'expire' };
  if (jobdeckOf(job)?.joined !== undefined) return { do: 'wait', reason: 'duplicate', untilMs: null };
  const error = dependencyFailure(job);
  if (error !== null) return { do: 'fail', error };
  const time = waitingTimeOf(job);
  const untilMs = time !== null && time.ms > nowMs ? time.ms : null;
  if (unmetDependencies(job).length > 0) return { do: 'wait', reason: 'dependency', untilMs };
  if (time === null || untilMs === null) return { do: 'queue' };
  return { do: 'wait', reason: time.reason, untilMs };
}

/**
 * A run whose time passed while Jobdeck was off or the machine asleep is left out, or made up for; the latter only
 * before its deadline. After a restart that a run waited for a slot is not known any more: it counts as missed.
 */
function skipStep(job: BatchJob, now: string, cron: Cron): NextStep | null {
  const schedule = scheduleAhead(job);
  const time = waitingTimeOf(job);
  const nowMs = Date.parse(now);
  if (schedule === null || time === null || nowMs - time.ms <= MISSED_AFTER_MS) return null;
  const deadlineMs = deadlineMsOf(job);
  const isTooLate = deadlineMs !== null && deadlineMs <= nowMs;
  if (schedule.missed === 'catch-up' && !isTooLate) return null;
  try {
    const update = skipMissed(job, schedule, now, cron);
    return update === null ? { do: 'expire' } : { do: 'update', update };
  } catch (error) {
    return { do: 'fail', error: invalidTask(error) };
  }
}

/** The failure of a job whose schedule is none. */
export function invalidTask(error: unknown): JobError {
  return { code: 'invalid-task', message: toErrorValue(error).message };
}
