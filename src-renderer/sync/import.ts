/** Taking the documents of an import into the history, a page at a time. */
import type { CheckedDocument, ImportPreview } from '#shared/contract/documents.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { compareWithHistory, type ImportedJobs, importJobs } from '../db/import-jobs.ts';
import type { SyncContext } from './context.ts';

/** A page is one transaction: bounded, as one of millions of rows can end the browser. */
const PAGE = 500;

export interface ImportReport {
  /** The new jobs, in the order of the files: what an approval is asked for. */
  added: JobId[];
  /** How many documents the history had already, word for word. */
  same: number;
  /** Ids of which the history has, and keeps, another document. */
  conflicting: JobId[];
  /** How many documents were left out because they are not valid. */
  invalid: number;
}

export interface ImportOptions {
  /** Called after each page with the number of documents read so far. */
  onProgress?: (done: number, total: number) => void;
  /** Called with the documents of each page and what became, or would become, of those that can be records. */
  onPage?: (documents: readonly CheckedDocument[], taken: ImportedJobs) => void;
  /** Stops between two pages; what was written stays. */
  signal?: AbortSignal;
  /** Leaves documents out, such as repaired ones; all that can be records are taken by default. */
  accept?: (document: CheckedDocument) => boolean;
}

/**
 * Writes what an import found to the history, and closes the import.
 * @throws AppError where a page could not be read or written; the pages before it stay
 */
export async function importDocuments(
  context: SyncContext,
  preview: ImportPreview,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const report = await readThrough(context, preview, importJobs, options);
  unwrap(await context.api.closeImport({ importId: preview.importId }));
  return report;
}

/** What `importDocuments` would do, with nothing written and the import left open. */
export function previewDocuments(
  context: SyncContext,
  preview: ImportPreview,
  options: ImportOptions = {},
): Promise<ImportReport> {
  return readThrough(context, preview, compareWithHistory, options);
}

async function readThrough(
  { api, db }: SyncContext,
  { importId, counts }: ImportPreview,
  take: typeof importJobs,
  { onProgress, onPage, signal, accept = () => true }: ImportOptions,
): Promise<ImportReport> {
  const report: ImportReport = { added: [], same: 0, conflicting: [], invalid: 0 };
  let done = 0;
  let after: number | null = 0;
  while (after !== null) {
    signal?.throwIfAborted();
    const page: { documents: CheckedDocument[]; next: number | null } = unwrap(
      await api.readImport({ importId, after, limit: PAGE }),
    );
    const jobs: BatchJob[] = page.documents.flatMap((document) =>
      document.job !== null && accept(document) ? document.job : [],
    );
    const taken = await take(db, jobs);
    report.added.push(...taken.added);
    report.same += taken.same.length;
    report.conflicting.push(...taken.conflicting);
    report.invalid += page.documents.filter((document) => document.job === null).length;
    done += page.documents.length;
    onPage?.(page.documents, taken);
    onProgress?.(done, counts.total);
    after = page.next;
  }
  return report;
}
