/** The items of a batch, as the runner keeps them beside the record. */
import type { JobError } from './error-codes.ts';
import type { JobResult } from './jobdeck-metadata.ts';

export const ITEM_STATUSES = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const;
export type ItemStatus = (typeof ITEM_STATUSES)[number];

/** One item and what came of it. The names are those of a `--results` line. */
export interface ItemRecord {
  /** Its place in the batch, from 0. In a re-run of the failed ones it is the one of the first batch. */
  index: number;
  item: unknown;
  status: ItemStatus;
  /** How many attempts were begun. */
  attempts: number;
  /** Of the last attempt, nanoseconds. */
  duration_ns: number | null;
  ttft_ns: number | null;
  result: JobResult | null;
  error: JobError | null;
}

/** How many items are in each status. */
export type ItemStatusCounts = Record<ItemStatus, number>;
