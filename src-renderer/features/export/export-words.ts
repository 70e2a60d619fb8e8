/** What exports are called, and what is said of them. */
import type {
  ExportFormat,
  ExportPacking,
  ExportProgress,
  ItemExportFormat,
  Redaction,
} from '#shared/contract/exports.ts';
import { formatBytes } from '../../components/format/bytes.ts';
import { countOf, formatCount } from '../../words/count-words.ts';

interface Option<T> {
  value: T;
  label: string;
  note?: string;
}

export const FORMAT_OPTIONS: readonly Option<ExportFormat>[] = [
  { value: 'array', label: 'JSON array', note: 'for any JSON tool' },
  { value: 'ndjson', label: 'NDJSON', note: 'one job a line' },
  { value: 'csv', label: 'CSV', note: 'for spreadsheets' },
];

export const PACKING_OPTIONS: readonly Option<ExportPacking>[] = [
  { value: 'plain', label: 'A file' },
  { value: 'gzip', label: 'A gzip file' },
  { value: 'zip', label: 'A zip file with the output' },
  { value: 'folder', label: 'A folder with the output' },
];

export const RESULT_OPTIONS: readonly Option<ItemExportFormat>[] = [
  { value: 'ndjson', label: 'JSON lines', note: 'an item a line, with all that is known of it' },
  { value: 'csv', label: 'CSV', note: 'a row an item, for spreadsheets' },
  { value: 'openai-batch', label: 'OpenAI Batch files', note: 'an output file and an error file' },
];

/** Packings that hold more than the records. */
export function hasOutput(packing: ExportPacking): boolean {
  return packing === 'zip' || packing === 'folder';
}

const SPREADSHEET =
  'A text that begins like a formula, with = + - or @, gets an apostrophe before it, so that no spreadsheet runs it.';

/** What becomes of what is exported, under the choices. */
export function exportHint(format: ExportFormat, packing: ExportPacking, redaction: Redaction): string {
  return [recordsHint(format, redaction), hasOutput(packing) ? OUTPUT : ''].join(' ').trim();
}

const OUTPUT = 'Beside them lies all that each of their attempts and items printed.';

function recordsHint(format: ExportFormat, { metadataValues, callbackUrls }: Redaction): string {
  if (format === 'csv') return `${SPREADSHEET} A CSV file cannot be imported again.`;
  if (metadataValues) {
    return 'The records can be imported again, but without what is left out nothing of them can run.';
  }
  return callbackUrls
    ? 'The records can be imported again, but nobody is told then when one of them ends.'
    : 'The records are written whole: importing them gives the same history again.';
}

export function resultHint(format: ItemExportFormat): string {
  switch (format) {
    case 'csv':
      return SPREADSHEET;
    case 'ndjson':
      return 'Of each item the newest result, with the beginning and the end of its output. Export the job with its output for all of it.';
    case 'openai-batch':
      return 'Answers go into the file that you choose, requests without one into a second beside it.';
  }
}

/** "1,203 of 12,400 jobs written, 4.2 MB, 310 output files". */
export function progressWords(
  { count, files, bytes }: Omit<ExportProgress, 'exportId'>,
  noun: string,
  total: number | undefined,
): string {
  const parts = [
    total === undefined ? countOf(count, noun) : `${formatCount(count)} of ${countOf(total, noun)}`,
    formatBytes(bytes),
    ...(files > 0 ? [countOf(files, 'output file')] : []),
  ];
  return parts.join(', ');
}
