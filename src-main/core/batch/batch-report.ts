/** What a batch came to, from what its items came to. Pure. */
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { ItemStatusCounts } from '#shared/job/items.ts';
import type { ItemCounts, JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import type { AttemptReport } from '../ports.ts';
import type { ErrorTally } from './error-tally.ts';

export interface EndedBatch {
  job: BatchJob;
  counts: ItemStatusCounts;
  errors: ErrorTally;
  /** True where it was ended, or left for later, before all of its items were handed out. */
  wasEnded: boolean;
}

type Verdict = Pick<AttemptReport, 'outcome' | 'error'> & { counts: ItemCounts };

export function verdictOf({ job, counts, errors, wasEnded }: EndedBatch): Verdict {
  const summary = summaryOf(counts);
  const rest = counts.pending + counts.running;
  // Items are cancelled with their batch alone: where a crash came between the two, the batch is cancelled still.
  if (counts.cancelled > 0 || (wasEnded && rest > 0)) return { outcome: 'cancelled', counts: summary };
  if (rest > 0) return { outcome: 'failed', error: unreadable(rest, summary.total), counts: summary };
  if (!hasFailed(summary, jobdeckOf(job)?.fail_when)) return { outcome: 'completed', counts: summary };
  return { outcome: 'failed', error: errors.error(summary.failed, summary.total), counts: summary };
}

export function summaryOf(counts: ItemStatusCounts): ItemCounts {
  const { pending, running, completed, failed, cancelled } = counts;
  return { total: pending + running + completed + failed + cancelled, completed, failed, cancelled };
}

function hasFailed({ failed, total }: ItemCounts, failWhen: JobdeckRequest['fail_when'] = 'any'): boolean {
  switch (failWhen) {
    case 'any':
      return failed > 0;
    case 'all':
      return failed > 0 && failed === total;
    case 'never':
      return false;
    default:
      return failWhen satisfies never;
  }
}

/** Damaged rows are left out when items are handed out, so they never come to an end. */
function unreadable(rest: number, total: number): JobError {
  return {
    code: 'invalid-items',
    message: `${rest} of ${total} items can't be read any more and did not run: the file that keeps them is damaged. Run the batch again from its own items.`,
  };
}
