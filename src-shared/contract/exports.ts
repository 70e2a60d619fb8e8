/** Exports of records, and of what batches came to. */
import type { JobId } from '../job/job-id.ts';

/** `csv` is a row a job, with what a list shows of it: it can't be imported again. */
export const EXPORT_FORMATS = ['array', 'ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A `zip` or `folder` holds the file of records, and beside it what every attempt and item of them printed. */
export const EXPORT_PACKINGS = ['plain', 'gzip', 'zip', 'folder'] as const;
export type ExportPacking = (typeof EXPORT_PACKINGS)[number];

/** One line an item, as `run --results` writes; a row an item; or the output and error files of OpenAI's Batch API. */
export const ITEM_EXPORT_FORMATS = ['ndjson', 'csv', 'openai-batch'] as const;
export type ItemExportFormat = (typeof ITEM_EXPORT_FORMATS)[number];

/** What is taken out of the records that an export writes. */
export interface Redaction {
  /** The URLs of callbacks, and what their errors say of them. */
  callbackUrls: boolean;
  /** What a job is and printed: times, counts and codes stay, and so do the keys of metadata. */
  metadataValues: boolean;
}

export interface ExportRequest {
  suggestedName: string;
  format: ExportFormat;
  packing: ExportPacking;
  redaction: Redaction;
}

export interface ItemExportRequest {
  /** A batch, or the chain of its re-runs from the first to the last: the newest result of each item is written. */
  jobIds: JobId[];
  format: ItemExportFormat;
  isGzip: boolean;
  suggestedName: string;
}

export interface ExportBegun {
  exportId: string;
  path: string;
}

export interface ExportProgress {
  exportId: string;
  /** Records, or items of a batch. */
  count: number;
  /** Output files beside the records. */
  files: number;
  /** Before compression. */
  bytes: number;
}

export interface ExportReport {
  /** The error file of an OpenAI batch comes second. */
  paths: string[];
  count: number;
  files: number;
  /** On the disk. */
  sizeBytes: number;
}
