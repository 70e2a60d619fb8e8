/** What the end of an attempt means for its job. Pure. */
import { assertNever } from '#shared/app-error.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { AttemptEnd, JobCommand } from '#shared/job/transition.ts';
import { isBatch } from './active-jobs.ts';
import type { AttemptReport, Random } from './ports.ts';
import { nextAttemptDelayMs } from './retry-policy.ts';
import { isoTime } from './times.ts';

/** Why the runner itself ended an attempt, if it did. A person's wish comes before the runner's end. */
export type AbortCause = 'cancel' | 'stop' | null;

export interface EndedAttempt {
  job: BatchJob;
  /** False where it was ended before anything of it was started. */
  ran: boolean;
  report: AttemptReport;
  cause: AbortCause;
  /** Monotonic, from the start of the first attempt that this process knows of. */
  totalNs: bigint;
  by: string;
}

/**
 * The command that records how an attempt ended.
 * @param now when it ended, RFC 3339
 */
export function commandFor(ended: EndedAttempt, now: string, random: Random): JobCommand {
  const { job, ran, report, cause, totalNs, by } = ended;
  const end: AttemptEnd = {
    durationNs: exactNs(report.durationNs),
    ttftNs: report.ttftNs === null ? null : exactNs(report.ttftNs),
    totalDurationNs: exactNs(totalNs),
    ...(Object.keys(report.result).length > 0 && { result: report.result }),
    ...(report.counts && { counts: report.counts }),
  };
  const why = report.stopReason === undefined ? {} : { stopReason: report.stopReason };
  switch (report.outcome) {
    case 'completed':
      return { type: 'complete', by, end, ...why };
    case 'failed': {
      const error = report.error ?? NO_REASON;
      const delayMs = cause === 'cancel' ? null : retryDelayMs(job, { ...report, error }, random);
      if (delayMs === null) return { type: 'fail', by, end, error, ...why };
      return { type: 'requeue', by, end, error, nextAttemptAt: isoTime(Date.parse(now) + delayMs) };
    }
    case 'cancelled':
      if (cause !== 'stop') return { type: 'cancel', by, end };
      return ran ? interruption(job, end, STOPPED, by) : { type: 'requeue', by, end, error: STOPPED };
    default:
      return assertNever(report.outcome);
  }
}

/** The command for an attempt that a crash ended: nothing of it was measured. */
export function commandAfterCrash(job: BatchJob, notice: string, by: string): JobCommand {
  const end: AttemptEnd = { durationNs: null, ttftNs: null, totalDurationNs: null };
  return interruption(job, end, { code: 'interrupted', message: `${CRASHED} ${notice}`.trim() }, by);
}

/** True where an interrupted attempt is to be followed by another. A batch goes on where it was: it keeps its items. */
export function rerunsOnInterrupt(job: BatchJob): boolean {
  return isBatch(job) || jobdeckOf(job)?.on_interrupt === 'rerun';
}

function interruption(job: BatchJob, end: AttemptEnd, error: JobError, by: string): JobCommand {
  return { type: rerunsOnInterrupt(job) ? 'requeue' : 'fail', by, end, error };
}

/** Milliseconds until the next attempt, null where none follows. The retries of a batch are those of its items. */
function retryDelayMs(
  job: BatchJob,
  failure: AttemptReport & { error: JobError },
  random: Random,
): number | null {
  const { attempts = [], retry } = jobdeckOf(job) ?? {};
  if (isBatch(job)) return null;
  const interrupted = attempts.filter(({ error }) => error?.code === 'interrupted').length;
  return nextAttemptDelayMs(retry, attempts.length - interrupted, failure, random);
}

/** A report of an attempt that started no process. */
export function reportWithoutRun(outcome: AttemptReport['outcome'], error?: JobError): AttemptReport {
  return { outcome, durationNs: 0, ttftNs: null, result: {}, ...(error && { error }) };
}

/** Integers of the record are exact or absent: nothing above 2^53-1 is rounded. */
export function exactNs(ns: number | bigint): number | null {
  const value = Number(ns);
  return Number.isSafeInteger(value) && value >= 0 ? value : null;
}

const CRASHED = 'Jobdeck ended while this attempt was running.';
const STOPPED: JobError = {
  code: 'interrupted',
  message: 'Jobdeck was closed while this attempt was running.',
};
const NO_REASON: JobError = { code: 'spawn', message: 'The task failed and left no reason.' };
