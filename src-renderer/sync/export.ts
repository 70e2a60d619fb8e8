/** Writing jobs to a file that the person chooses. */
import { type ExportFormat, type ExportReport, MAX_PAGE } from '#shared/contract/channels.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobRow } from '../db/job-row.ts';
import { allJobs, type JobView, jobsByIds, jobsOf } from '../db/queries.ts';
import type { SyncContext } from './context.ts';

/** These jobs in this order, or all of a view, newest first. */
export type ExportSelection = { ids: readonly JobId[] } | { view: JobView };

export interface ExportOptions {
  suggestedName?: string;
  /** Called after each page with the number of jobs written so far. */
  onProgress?: (written: number) => void;
  /** Stops the export; the file that was begun is removed. */
  signal?: AbortSignal;
}

/**
 * Asks for a file and writes the selection to it. The file appears under its name when it is complete.
 * @returns null where the dialog was closed without a choice
 * @throws AppError where the file could not be written; nothing is left of it then
 */
export async function exportJobs(
  { api, db }: SyncContext,
  selection: ExportSelection,
  format: ExportFormat,
  { suggestedName, onProgress, signal }: ExportOptions = {},
): Promise<ExportReport | null> {
  const name = suggestedName ?? (format === 'array' ? 'jobs.json' : 'jobs.ndjson');
  const chosen = unwrap(await api.chooseExport({ suggestedName: name, format }));
  if (chosen === null) return null;
  const { exportId } = chosen;
  try {
    let written = 0;
    for await (const rows of selected(db, selection)) {
      signal?.throwIfAborted();
      unwrap(await api.writeExport({ exportId, jobs: jobsOf(rows) }));
      written += rows.length;
      onProgress?.(written);
    }
    signal?.throwIfAborted();
    return unwrap(await api.finishExport({ exportId }));
  } catch (error) {
    await api.cancelExport({ exportId });
    throw error;
  }
}

async function* selected(
  db: SyncContext['db'],
  selection: ExportSelection,
): AsyncGenerator<JobRow[], void, undefined> {
  if ('view' in selection) {
    yield* allJobs(db, selection.view, MAX_PAGE);
    return;
  }
  for (let start = 0; start < selection.ids.length; start += MAX_PAGE) {
    const rows = await jobsByIds(db, selection.ids.slice(start, start + MAX_PAGE));
    if (rows.length > 0) yield rows;
  }
}
