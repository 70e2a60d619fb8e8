/** How a job ends that joined an equal one: as that one did. It never ran, so nothing of it was measured. Pure. */
import { assertNever } from '#shared/app-error.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { TerminalStatus } from '#shared/job/lifecycle.ts';
import type { AttemptEnd, JobCommand } from '#shared/job/transition.ts';

/** @param leader the job that was joined, as it ended */
export function endOfJoiner(leader: BatchJob, by: string): JobCommand[] {
  const { attempts = [], result, counts, error = NO_ERROR } = jobdeckOf(leader) ?? {};
  const end: AttemptEnd = {
    durationNs: null,
    ttftNs: null,
    totalDurationNs: null,
    ...omitAbsent({ result, counts }),
  };
  const why = leader.stop_reason === null ? {} : { stopReason: leader.stop_reason };
  const start: JobCommand = { type: 'start', by, background: leader.background ?? false };
  const status = leader.status as TerminalStatus;
  switch (status) {
    case 'completed':
      return [start, { type: 'complete', by, end, ...why }];
    case 'failed':
      if (attempts.length === 0) return [{ type: 'fail', by, error }];
      return [start, { type: 'fail', by, end, error, ...why }];
    case 'cancelled':
      return [{ type: 'cancel', by }];
    case 'expired':
      return [{ type: 'expire', by }];
    default:
      return assertNever(status);
  }
}

const NO_ERROR: JobError = {
  code: 'spawn',
  message: 'The job that this one joined failed and left no reason.',
};

function omitAbsent<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
