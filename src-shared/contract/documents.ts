/** What the application says of a document from outside, before anything is written. */
import type { BatchJob } from '../job/batch-job.ts';

/** Something wrong, where, and what was expected. `path` is a JSON Pointer (RFC 6901), '' for the whole. */
export interface DocumentProblem {
  path: string;
  message: string;
}

/**
 * The repairs there are. Each can be refused for an import: a document that needs it is left out then.
 * `given` is an id or a time of creation that the document does not have.
 */
export const REPAIR_KINDS = [
  'unknown-keys',
  'metadata-name',
  'date-time',
  'callback-none',
  'integer-form',
  'status-elsewhere',
  'given',
  'encoding',
] as const;
export type RepairKind = (typeof REPAIR_KINDS)[number];

/** A change that makes a nearly right document right. It is always shown, never made in silence. */
export interface DocumentRepair {
  kind: RepairKind;
  path: string;
  message: string;
}

export interface CheckedDocument {
  /** Name of the file it came from. */
  file: string;
  /** The line of the file it begins on, from 1. */
  line: number;
  /** Its place among the documents of the file, from 0. */
  index: number;
  id: string | null;
  /** Whether the document is strictly valid as it is, before any repair. */
  valid: boolean;
  errors: DocumentProblem[];
  repairs: DocumentRepair[];
  /** The whole record it would become; null where no repair makes it right. */
  job: BatchJob | null;
}

export interface ImportCounts {
  total: number;
  /** Those that come in as they are. */
  valid: number;
  /** Those that come in with something changed, whether the schema minds or not. */
  repaired: number;
  /** Those that do not come in. */
  invalid: number;
}

/** An import that was begun: its files are read through in the background, and `import:progressed` says how far. */
export interface ImportOpened {
  importId: string;
  files: ImportFile[];
}

export interface ImportFile {
  /** Its name, or its path below the folder that was chosen. */
  name: string;
  sizeBytes: number;
}

export interface ImportProgress {
  importId: string;
  /** Of the files as they are on the disk. */
  bytesRead: number;
  totalBytes: number;
  counts: ImportCounts;
  state: 'reading' | 'read' | 'failed';
  /** A sentence where it failed: what was read until then is kept, and the import can only be closed. */
  problem: string | null;
}

/** What a document is to the history. `invalid` is known from reading; the other three say who compares. */
export const IMPORT_OUTCOMES = ['new', 'same', 'conflict', 'invalid'] as const;
export type ImportOutcome = (typeof IMPORT_OUTCOMES)[number];
/** `unknown` until the history was asked. */
export type ImportFilter = 'all' | 'repaired' | 'unknown' | ImportOutcome;
export const IMPORT_FILTERS = ['all', 'repaired', 'unknown', ...IMPORT_OUTCOMES] as const;

/** A document of an import. */
export interface ImportedDocument extends CheckedDocument {
  /** Its place in the import, from 0: what pages are asked for by. */
  place: number;
  outcome: ImportOutcome | 'unknown';
}

export interface ImportPage {
  /** `ImportedDocument[]` as JSON: text of any length passes through the main process for next to nothing. */
  documents: string;
  /** `after` of the next page, null after the last that is read so far. */
  next: number | null;
}
