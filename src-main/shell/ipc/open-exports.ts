/** Exports that the page has begun and not finished, by the handle it holds. */
import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/app-error.ts';
import type { ExportFormat } from '#shared/contract/channels.ts';
import { type ExportFile, openExport } from '../../adapters/documents/export-file.ts';

/** A page that was reloaded forgets its exports: one more than this gives up the oldest. */
const MAX_OPEN = 8;

export interface OpenExports {
  /** Begins a file; gives its handle. */
  begin(path: string, format: ExportFormat): Promise<string>;
  /** @throws AppError `not-found` where it is finished, cancelled or given up */
  find(exportId: string): ExportFile;
  /** Finished or cancelled: its handle is of no more use. */
  drop(exportId: string): void;
  cancelAll(): Promise<void>;
}

export function createOpenExports(open: typeof openExport = openExport): OpenExports {
  const files = new Map<string, ExportFile>();
  return {
    async begin(path, format) {
      const file = await open(path, format);
      const exportId = randomUUID();
      files.set(exportId, file);
      const [oldest] = files;
      if (oldest !== undefined && files.size > MAX_OPEN) {
        files.delete(oldest[0]);
        await oldest[1].cancel();
      }
      return exportId;
    },
    find(exportId) {
      const file = files.get(exportId);
      if (file !== undefined) return file;
      throw new AppError(
        'not-found',
        'Expected an export that is open, got one that has ended: export again.',
      );
    },
    drop: (exportId) => void files.delete(exportId),
    async cancelAll() {
      const open = [...files.values()];
      files.clear();
      await Promise.all(open.map((file) => file.cancel()));
    },
  };
}
