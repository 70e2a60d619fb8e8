/** What the failed items of a batch have in common. */
import type { JobError, JobErrorCode } from '#shared/job/error-codes.ts';
import type { ItemRecord } from '#shared/job/items.ts';

export interface ErrorTally {
  add(item: Pick<ItemRecord, 'index' | 'error'>): void;
  /** The batch's own error: the code that most of them have, and the sentence of the first of them. */
  error(failed: number, total: number): JobError;
}

export function createErrorTally(): ErrorTally {
  const counts = new Map<JobErrorCode, number>();
  let first: { index: number; error: JobError } | null = null;

  return {
    add({ index, error }) {
      if (error === null) return;
      counts.set(error.code, (counts.get(error.code) ?? 0) + 1);
      if (first === null || index < first.index) first = { index, error };
    },
    error(failed, total) {
      const [most] = [...counts].sort(([, one], [, other]) => other - one);
      const start = `${failed} of ${total} ${total === 1 ? 'item' : 'items'} failed.`;
      const detail = first === null ? '' : ` The first: item ${first.index}: ${first.error.message}`;
      return { code: most?.[0] ?? 'spawn', message: start + detail };
    },
  };
}
