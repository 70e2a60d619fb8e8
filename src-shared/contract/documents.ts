/** What the application says of a document from outside, before anything is written. */
import type { BatchJob } from '../job/batch-job.ts';

/** Something wrong, where, and what was expected. `path` is a JSON Pointer (RFC 6901), '' for the whole. */
export interface DocumentProblem {
  path: string;
  message: string;
}

/** A change that makes a nearly right document right. It is always shown, never made in silence. */
export interface DocumentRepair {
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
  valid: number;
  repaired: number;
  invalid: number;
}

export interface ImportPreview {
  importId: string;
  files: { name: string; sizeBytes: number }[];
  counts: ImportCounts;
}
