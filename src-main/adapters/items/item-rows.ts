/** Rows of items are `unknown` until they are checked here: a damaged one is named, the rest stays readable. */
import { AppError } from '#shared/app-error.ts';
import { JOB_ERROR_CODES, type JobError } from '#shared/job/error-codes.ts';
import { ITEM_STATUSES, type ItemRecord, type ItemStatus } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobResult } from '#shared/job/jobdeck-metadata.ts';
import { parseJson } from '#shared/json/parse-json.ts';
import type { Row } from './item-statements.ts';

export interface ItemRows {
  /** @throws AppError `invalid-document` naming the row */
  record(jobId: JobId, row: Row): ItemRecord;
  /**
   * Up to `limit` records, fewer where they are longer than `maxLength` characters together; damaged rows are left
   * out after `onDamaged` was told, once for each. Empty only where no record is left.
   */
  page(jobId: JobId, rows: Iterable<Row>, limit: number, maxLength: number): ItemRecord[];
}

export interface ItemRowsOptions {
  file: string;
  onDamaged: (error: AppError) => void;
}

export function createItemRows({ file, onDamaged }: ItemRowsOptions): ItemRows {
  const reported = new Set<string>();

  function record(jobId: JobId, row: Row): ItemRecord {
    const { idx, status, attempts } = row;
    try {
      if (!isCount(idx) || !isCount(attempts)) throw new Error('its numbers are not whole numbers');
      if (!isStatus(status)) throw new Error(`its status is ${JSON.stringify(status)}`);
      const outcome = outcomeOf(row.outcome === null ? null : parseJson(String(row.outcome)));
      return { index: idx, item: parseJson(String(row.item)), status, attempts, ...outcome };
    } catch (error) {
      const reason = error instanceof SyntaxError ? 'it is not JSON' : String((error as Error).message);
      throw new AppError(
        'invalid-document',
        `Item ${row.idx} of ${jobId} in ${file} is damaged: ${reason}. It is left out; delete that job to drop it.`,
        { cause: error },
      );
    }
  }

  function recordOrReport(jobId: JobId, row: Row): ItemRecord | null {
    try {
      return record(jobId, row);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const key = `${jobId} ${row.idx}`;
      if (!reported.has(key)) {
        reported.add(key);
        onDamaged(error);
      }
      return null;
    }
  }

  return {
    record,
    page(jobId, rows, limit, maxLength) {
      const page: ItemRecord[] = [];
      let length = 0;
      for (const row of rows) {
        if (page.length === limit) break;
        length += String(row.item).length + String(row.outcome).length;
        if (page.length > 0 && length > maxLength) break;
        const found = recordOrReport(jobId, row);
        if (found !== null) page.push(found);
      }
      return page;
    },
  };
}

type Outcome = Pick<ItemRecord, 'duration_ns' | 'ttft_ns' | 'result' | 'error'>;

const NO_OUTCOME: Outcome = { duration_ns: null, ttft_ns: null, result: null, error: null };

function outcomeOf(value: unknown): Outcome {
  if (value === null) return NO_OUTCOME;
  if (!isObject(value)) throw new Error('its outcome is no object');
  const { duration_ns = null, ttft_ns = null, result = null, error = null } = value;
  if (!isCountOrNull(duration_ns) || !isCountOrNull(ttft_ns)) throw new Error('its durations are no numbers');
  if (result !== null && !isObject(result)) throw new Error('its result is no object');
  if (error !== null && !isJobError(error)) throw new Error('its error has no known code');
  // Written by this application, and shown or exported, never acted on: what is in a result is not checked again.
  return { duration_ns, ttft_ns, result: result as JobResult | null, error };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isCountOrNull(value: unknown): value is number | null {
  return value === null || isCount(value);
}

function isStatus(value: unknown): value is ItemStatus {
  return ITEM_STATUSES.some((status) => status === value);
}

function isJobError(value: unknown): value is JobError {
  if (!isObject(value) || typeof value.message !== 'string') return false;
  return JOB_ERROR_CODES.some((code) => code === value.code);
}
