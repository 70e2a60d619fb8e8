/** Rows of the journal are `unknown` until they are checked here: a damaged one is named, the rest stays readable. */
import { AppError } from '#shared/app-error.ts';
import type { Delivery } from '#shared/callback/delivery.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { JOB_EVENT_TYPES, type JobEvent, type JobEventType } from '#shared/job/events.ts';
import { parseJson } from '#shared/json/parse-json.ts';
import type { StoredJob } from '../../core/ports.ts';

/** A row as the queries of the journal give it. */
export type Row = Record<string, unknown>;

export interface RowReader {
  /** @throws AppError `invalid-document` naming the row */
  job(row: Row): StoredJob;
  /** @throws AppError `invalid-document` naming the row */
  event(row: Row): JobEvent;
  /** What `read` makes of the row, or null after `onDamaged` was told: once for each row. */
  orReport<T>(row: Row, read: (row: Row) => T): T | null;
}

export interface RowReaderOptions {
  file: string;
  journalId: string;
  isJob: (value: unknown) => value is BatchJob;
  /** Null where the text does not hold deliveries. */
  parseDeliveries: (text: string) => Delivery[] | null;
  onDamaged: (error: AppError) => void;
}

export function createRowReader({
  file,
  journalId,
  isJob,
  parseDeliveries,
  onDamaged,
}: RowReaderOptions): RowReader {
  const reported = new Set<unknown>();

  function record(row: Row): BatchJob {
    const job = parse(row);
    if (!isJob(job)) throw damaged(row, 'it does not hold a valid job record');
    if (job.id !== row.job_id) throw damaged(row, `it holds the record of ${job.id}`);
    return job;
  }

  function parse(row: Row): unknown {
    try {
      return parseJson(String(row.job));
    } catch (error) {
      throw damaged(row, 'its record is not JSON', error);
    }
  }

  function damaged(row: Row, reason: string, cause?: unknown): AppError {
    return new AppError(
      'invalid-document',
      `Event ${row.seq} of ${row.job_id} in ${file} is damaged: ${reason}. It is left out; delete that job to drop it.`,
      { cause },
    );
  }

  return {
    job: (row) => ({ seq: Number(row.seq), job: record(row), position: Number(row.position) }),
    event(row) {
      const job = record(row);
      if (!isEventType(row.type)) throw damaged(row, `its type is ${JSON.stringify(row.type)}`);
      const event = {
        journalId,
        seq: Number(row.seq),
        jobId: job.id,
        at: String(row.at),
        type: row.type,
        job,
      };
      if (row.deliveries === null) return event;
      const deliveries = parseDeliveries(String(row.deliveries));
      if (deliveries === null) throw damaged(row, 'what it says of deliveries is not valid');
      return { ...event, deliveries };
    },
    orReport(row, read) {
      try {
        return read(row);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        if (!reported.has(row.seq)) {
          reported.add(row.seq);
          onDamaged(error);
        }
        return null;
      }
    },
  };
}

function isEventType(value: unknown): value is JobEventType {
  return JOB_EVENT_TYPES.some((type) => type === value);
}
