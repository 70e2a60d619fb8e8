/** Items of a batch that are not listed: why, and what its record says of them. */
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { ItemStatus, ItemStatusCounts } from '#shared/job/items.ts';
import { isInRunner, type JobRow } from '../../../db/job-row.ts';
import { countOf } from '../../../words/count-words.ts';
import { ITEM_STATUS_WORDS } from './item-row.ts';

/** How many items there are: where none is here any more, as many as the record of the batch counts. */
export function countsOf(row: Pick<JobRow, 'bucket' | 'job'>, listed: ItemStatusCounts): ItemStatusCounts {
  const counted = jobdeckOf(row.job)?.counts;
  const isAnyListed = Object.values(listed).some((count) => count > 0);
  if (counted === undefined || isAnyListed || isInRunner(row)) return listed;
  const { completed, failed, cancelled } = counted;
  return { pending: 0, running: 0, completed, failed, cancelled };
}

/** Why no item of a batch is listed. */
export function emptyWords(
  row: Pick<JobRow, 'bucket' | 'job'>,
  status: ItemStatus | null,
  counts: ItemStatusCounts,
): string {
  if (status !== null && counts[status] === 0) {
    return `No item is in this state: ${ITEM_STATUS_WORDS[status].toLowerCase()}.`;
  }
  if (isInRunner(row)) return 'The items appear here once they have been read.';
  if (row.bucket === 'created') return 'Its items are read when it runs.';
  const total = jobdeckOf(row.job)?.counts?.total ?? 0;
  return total === 0
    ? 'No items were read.'
    : `It had ${countOf(total, 'item')}, of which none is here: it ran elsewhere, or they were removed.`;
}
