/**
 * The output and error files of OpenAI's Batch API. An answer of 2xx is a line of the output file; an answer with another
 * status, as it came, one of the error file; and so is a request that got none, with what kept it from one. (API
 * reference, "The request output object".)
 */
import { createHash } from 'node:crypto';
import { AppError } from '#shared/app-error.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import { type LineOptions, writeLines } from '../items/line-files.ts';
import type { ItemOutcome } from '../items/merge-chain.ts';

export interface OpenAiBatchPaths {
  /** Absolute, both of them. */
  outputPath: string;
  errorPath: string;
}

export interface OpenAiBatchResults {
  /** How many lines each file has. */
  output: number;
  errors: number;
  /** On the disk, together. */
  sizeBytes: number;
}

/** Gives the body of an answer that was too long for the record; undefined where it is not kept anywhere. */
export type ReadBody = (outcome: ItemOutcome) => Promise<unknown>;

/**
 * Writes both files, in the order of the items, also where one has nothing in it. Items that have not ended are in neither.
 * Each file is whole or as it was before.
 * @throws AppError `bad-request` where both are one file; `io`, `disk-full`, and what the outcomes throw
 */
export async function writeOpenAiBatchResults(
  outcomes: AsyncIterable<ItemOutcome>,
  { outputPath, errorPath }: OpenAiBatchPaths,
  readBody: ReadBody = async () => undefined,
  options: LineOptions = {},
): Promise<OpenAiBatchResults> {
  if (outputPath === errorPath) {
    throw new AppError(
      'bad-request',
      `Expected two files for output and errors, got ${outputPath} for both.`,
    );
  }
  const written = await writeLines(
    [outputPath, errorPath],
    outcomes,
    async (outcome) => {
      const { status } = outcome.record;
      if (status === 'pending' || status === 'running') return null;
      const line = await lineOf(outcome, readBody);
      return { to: isOutput(line) ? 0 : 1, text: `${JSON.stringify(line)}\n` };
    },
    options,
  );
  const [output = 0, errors = 0] = written.counts;
  return { output, errors, sizeBytes: written.sizeBytes };
}

interface BatchLine {
  id: string;
  custom_id: string;
  response: { status_code: number; request_id: string; body: unknown } | null;
  error: { code: string; message: string } | null;
}

async function lineOf(outcome: ItemOutcome, readBody: ReadBody): Promise<BatchLine> {
  const { record } = outcome;
  const custom_id = customIdOf(record);
  const id = `batch_req_${digestOf(outcome, custom_id)}`;
  const { status_code, request_id = '', body } = record.result ?? {};
  if (status_code === undefined || record.status === 'cancelled') {
    return { id, custom_id, response: null, error: errorOf(record) };
  }
  const isSuccess = status_code >= 200 && status_code < 300;
  const whole = body === undefined ? await readBody(outcome) : body;
  if (whole !== undefined) {
    return { id, custom_id, response: { status_code, request_id, body: whole }, error: null };
  }
  // An answer that broke off, or was no JSON, is none.
  if (isSuccess && record.error !== null) return { id, custom_id, response: null, error: errorOf(record) };
  return { id, custom_id, response: { status_code, request_id, body: {} }, error: errorOf(record) };
}

function isOutput({ response, error }: BatchLine): boolean {
  return response !== null && error === null && response.status_code >= 200 && response.status_code < 300;
}

/** The codes that the API has of its own; the others are Jobdeck's. */
function errorOf({ status, error }: ItemRecord): { code: string; message: string } {
  if (status === 'cancelled') {
    return { code: 'batch_cancelled', message: 'The batch was cancelled before this request was answered.' };
  }
  if (error === null) {
    return { code: 'body_not_kept', message: 'The answer was too long to be kept with its result.' };
  }
  return { code: error.code === 'timeout' ? 'request_timeout' : error.code, message: error.message };
}

function customIdOf({ item, index }: ItemRecord): string {
  const id = typeof item === 'object' && item !== null && 'custom_id' in item ? item.custom_id : undefined;
  return typeof id === 'string' ? id : `item-${index}`;
}

/** The same for the same request of the same batch, so that exporting twice gives the same bytes. */
function digestOf({ jobId, record }: ItemOutcome, customId: string): string {
  return createHash('sha256')
    .update(JSON.stringify([jobId, record.index, customId]))
    .digest('hex')
    .slice(0, 32);
}
