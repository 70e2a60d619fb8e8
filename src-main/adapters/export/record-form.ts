/** The forms that a file of records has: what comes before, between and after them. */
import type { ExportFormat } from '#shared/contract/exports.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { CSV_BEGIN } from '../documents/csv-line.ts';
import { CSV_HEADER, csvRow } from '../documents/job-csv.ts';
import { writeDocument } from '../documents/write-document.ts';

export interface RecordForm {
  before: string;
  textOf: (job: BatchJob) => string;
  between: string;
  after: string;
  /** Of no record at all. */
  empty: string;
  /** Of the file's name. */
  extension: string;
}

export const RECORD_FORMS: Readonly<Record<ExportFormat, RecordForm>> = {
  array: {
    before: '[\n',
    textOf: writeDocument,
    between: ',\n',
    after: '\n]\n',
    empty: '[]\n',
    extension: 'json',
  },
  ndjson: { before: '', textOf: writeDocument, between: '\n', after: '\n', empty: '', extension: 'ndjson' },
  csv: {
    before: CSV_BEGIN + CSV_HEADER,
    textOf: csvRow,
    between: '',
    after: '',
    empty: CSV_BEGIN + CSV_HEADER,
    extension: 'csv',
  },
};

/** The text of a file of records, as one comes after the other. */
export interface RecordText {
  /** The next record, with what stands before it. */
  next(job: BatchJob): string;
  /** What stands after the last one. */
  end(): string;
}

export function recordText({ before, textOf, between, after, empty }: RecordForm): RecordText {
  let count = 0;
  return {
    next: (job) => (count++ === 0 ? before : between) + textOf(job),
    end: () => (count === 0 ? empty : after),
  };
}
