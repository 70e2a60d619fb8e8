/** A write of the journal as text: made before its turn comes, so that what can't be JSON is refused alone. */
import { AppError } from '#shared/app-error.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JournalWrite } from '../../core/ports.ts';

export interface PreparedWrite {
  write: JournalWrite;
  /** The record, as it is stored. */
  job: string;
  /** What the event says of deliveries; null where it says nothing. */
  deliveries: string | null;
  /** Roughly what it adds to the file. */
  sizeBytes: number;
  /** How many rows it writes. */
  rows: number;
}

/** @throws AppError `invalid-document` */
export function prepareWrite(write: JournalWrite): PreparedWrite {
  const { event, newDeliveries = [], toldItems = [] } = write;
  const job = textOf(event.job);
  const deliveries = event.deliveries === undefined ? null : JSON.stringify(event.deliveries);
  const bodies = newDeliveries.reduce((sum, { body }) => sum + body.length, 0);
  return {
    write,
    job,
    deliveries,
    // A delivery is written twice: with its event, and as it is.
    sizeBytes: job.length + 2 * (deliveries?.length ?? 0) + bodies,
    rows: 1 + (event.deliveries?.length ?? 0) + toldItems.length,
  };
}

function textOf(job: BatchJob): string {
  try {
    return JSON.stringify(job);
  } catch (error) {
    throw new AppError('invalid-document', `Expected ${job.id} to be JSON, got what JSON can't hold.`, {
      cause: error,
    });
  }
}
