/** Writing jobs, and what batches came to, to files that the person chooses. */
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import type {
  ExportBegun,
  ExportProgress,
  ExportReport,
  ExportRequest,
  ItemExportRequest,
} from '#shared/contract/exports.ts';
import { type Result, unwrap } from '#shared/contract/result.ts';
import type { SyncContext } from './context.ts';
import { type ExportSelection, exportPages } from './export-pages.ts';

export type { ExportSelection } from './export-pages.ts';

export interface ExportWatch {
  onProgress?: (progress: ExportProgress) => void;
  /** Stops the export: nothing is left of what was begun. */
  signal?: AbortSignal;
}

export interface FinishedExport extends ExportReport {
  exportId: string;
}

/**
 * Asks for a file and writes the selection to it. The file appears under its name when it is complete.
 * @returns null where the dialog was closed without a choice
 * @throws AppError where the file could not be written; nothing is left of it then
 */
export function exportJobs(
  { api, db }: SyncContext,
  selection: ExportSelection,
  request: ExportRequest,
  watch: ExportWatch = {},
): Promise<FinishedExport | null> {
  return followed(
    api,
    () => api.chooseExport(request),
    watch,
    async (exportId) => {
      for await (const jobs of exportPages(db, selection)) {
        watch.signal?.throwIfAborted();
        unwrap(await api.writeExport({ exportId, jobs }));
      }
    },
  );
}

/** The same for the results of a batch, which the runner has. */
export function exportResults(
  api: JobdeckApi,
  request: ItemExportRequest,
  watch: ExportWatch = {},
): Promise<FinishedExport | null> {
  return followed(
    api,
    () => api.exportItems(request),
    watch,
    async () => {},
  );
}

async function followed(
  api: JobdeckApi,
  begin: () => Promise<Result<ExportBegun | null>>,
  { onProgress, signal }: ExportWatch,
  write: (exportId: string) => Promise<void>,
): Promise<FinishedExport | null> {
  const begun = unwrap(await begin());
  if (begun === null) return null;
  const { exportId } = begun;
  const cancel = () => void api.cancelExport({ exportId });
  const stopHearing = api.onExportProgressed((progress) => {
    if (progress.exportId === exportId) onProgress?.(progress);
  });
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    signal?.throwIfAborted();
    await write(exportId);
    signal?.throwIfAborted();
    return { exportId, ...unwrap(await api.finishExport({ exportId })) };
  } catch (error) {
    // A second time is harmless: what has ended stays as it is.
    await api.cancelExport({ exportId });
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener('abort', cancel);
    stopHearing();
  }
}
