/** Results of items as rows of a spreadsheet (RFC 4180). */
import { CSV_BEGIN, csvLine } from '../documents/csv-line.ts';
import { type LineOptions, type WrittenLines, writeLines } from './line-files.ts';
import type { ItemOutcome } from './merge-chain.ts';

type Cell = string | number | null | undefined;

const COLUMNS: Readonly<Record<string, (outcome: ItemOutcome) => Cell>> = {
  job_id: ({ jobId }) => jobId,
  index: ({ record }) => record.index,
  status: ({ record }) => record.status,
  attempts: ({ record }) => record.attempts,
  duration_ns: ({ record }) => record.duration_ns,
  ttft_ns: ({ record }) => record.ttft_ns,
  exit_code: ({ record }) => record.result?.exit_code,
  status_code: ({ record }) => record.result?.status_code,
  text: ({ record }) => record.result?.text,
  stdout: ({ record }) => record.result?.stdout,
  stderr: ({ record }) => record.result?.stderr,
  error_code: ({ record }) => record.error?.code,
  error_message: ({ record }) => record.error?.message,
  item: ({ record }) => cellOf(record.item),
};
/** A sheet that is wider than this is none. */
const MAX_FIELDS = 100;

/**
 * One row an item, with the whole item in its last fixed column. Where the first item is an object, as a row of a CSV
 * file is, its fields have columns of their own after that. The file is whole or as it was before.
 * @param path absolute
 * @throws as `writeLines`
 */
export function writeItemCsv(
  outcomes: AsyncIterable<ItemOutcome>,
  path: string,
  options: LineOptions = {},
): Promise<WrittenLines> {
  let fields: string[] | null = null;
  const place = (outcome: ItemOutcome) => {
    const { item } = outcome.record;
    const isFirst = fields === null;
    fields ??= isFields(item) ? Object.keys(item).slice(0, MAX_FIELDS) : [];
    const row = csvLine([
      ...Object.values(COLUMNS).map((column) => column(outcome)),
      ...fields.map((field) => (isFields(item) ? cellOf(item[field]) : null)),
    ]);
    return { to: 0, text: isFirst ? headerOf(fields) + row : row };
  };
  return writeLines([path], outcomes, place, { ...options, empty: headerOf([]) });
}

function headerOf(fields: readonly string[]): string {
  return CSV_BEGIN + csvLine([...Object.keys(COLUMNS), ...fields.map((field) => `item.${field}`)]);
}

function isFields(item: unknown): item is Record<string, unknown> {
  return typeof item === 'object' && item !== null && !Array.isArray(item);
}

/** Text and numbers as they are, all else as JSON. */
function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number' || value === null || value === undefined) {
    return value;
  }
  return JSON.stringify(value);
}
