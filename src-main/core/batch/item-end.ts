/** What the end of an attempt means for its item. Pure. */
import { assertNever } from '#shared/app-error.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import { exactNs } from '../attempt-outcome.ts';
import type { AttemptReport, Random } from '../ports.ts';
import { nextAttemptDelayMs } from '../retry-policy.ts';

export interface EndedItem {
  job: BatchJob;
  index: number;
  /** Number of the attempt that ended. */
  attempt: number;
  /** False where it was ended before anything of it was started. */
  ran: boolean;
  report: AttemptReport;
  /** Why the batch was ended meanwhile, if it was. */
  cause: 'cancel' | 'stop' | null;
  random: Random;
}

export interface ItemEnd {
  record: Omit<ItemRecord, 'item'>;
  /** Of an item that is `pending` again: how long it waits, milliseconds. */
  waitMs: number;
}

export function endOfItem({ job, index, attempt, ran, report, cause, random }: EndedItem): ItemEnd {
  const ended = {
    index,
    attempts: attempt,
    duration_ns: exactNs(report.durationNs),
    ttft_ns: report.ttftNs === null ? null : exactNs(report.ttftNs),
    result: Object.keys(report.result).length === 0 ? null : report.result,
    error: null,
  };
  switch (report.outcome) {
    case 'completed':
      return { record: { ...ended, status: 'completed' }, waitMs: 0 };
    case 'failed': {
      const error = report.error ?? NO_REASON;
      const policy = cause === 'cancel' ? undefined : jobdeckOf(job)?.retry;
      const waitMs = nextAttemptDelayMs(policy, attempt, { ...report, error }, random);
      const status = waitMs === null ? 'failed' : 'pending';
      return { record: { ...ended, error, status }, waitMs: waitMs ?? 0 };
    }
    case 'cancelled':
      if (cause !== 'stop') return { record: { ...ended, status: 'cancelled' }, waitMs: 0 };
      // What never ran was not interrupted: it is as if it had not been handed out.
      if (!ran) return { record: { ...ended, attempts: attempt - 1, status: 'pending' }, waitMs: 0 };
      return { record: { ...ended, ...interruption(job, STOPPED) }, waitMs: 0 };
    default:
      return assertNever(report.outcome);
  }
}

/** What becomes of an item whose attempt a crash ended: nothing of it was measured. */
export function endAfterCrash(job: BatchJob, item: ItemRecord, notice: string): Omit<ItemRecord, 'item'> {
  const { index, attempts } = item;
  const unknown = { duration_ns: null, ttft_ns: null, result: null };
  return { index, attempts, ...unknown, ...interruption(job, `${CRASHED} ${notice}`.trim()) };
}

/** The batch itself goes on either way: `on_interrupt` is about what was on its way. */
function interruption(job: BatchJob, message: string): Pick<ItemRecord, 'status' | 'error'> {
  return {
    status: jobdeckOf(job)?.on_interrupt === 'rerun' ? 'pending' : 'failed',
    error: { code: 'interrupted', message },
  };
}

const CRASHED = 'Jobdeck ended while this item was running.';
const STOPPED = 'Jobdeck was closed while this item was running.';
const NO_REASON: JobError = { code: 'spawn', message: 'The task failed and left no reason.' };
