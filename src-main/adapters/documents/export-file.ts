/** Files of records. */
import type { ExportFormat, ExportReport } from '#shared/contract/channels.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { openReplacement } from './replacement-file.ts';
import { writeDocument } from './write-document.ts';

export interface ExportFile {
  /** Adds records. After an error the file is given up and nothing is left of it. */
  write(jobs: readonly BatchJob[]): Promise<void>;
  /** Syncs and renames: only now does the file exist under its name, and one that was there is replaced. */
  finish(): Promise<ExportReport>;
  /** Gives the file up. What was there before stays. */
  cancel(): Promise<void>;
}

const FORMATS = {
  array: { before: '[\n', between: ',\n', after: '\n]\n', empty: '[]\n' },
  ndjson: { before: '', between: '\n', after: '\n', empty: '' },
} as const satisfies Record<ExportFormat, Record<string, string>>;

/**
 * Begins a file.
 * @param path absolute
 * @throws AppError `io` where the folder is not there or may not be written to
 */
export async function openExport(path: string, format: ExportFormat): Promise<ExportFile> {
  const { before, between, after, empty } = FORMATS[format];
  const file = await openReplacement(path);
  let count = 0;

  return {
    async write(jobs) {
      if (jobs.length === 0) return;
      await file.write(() => {
        const lines = jobs.map(writeDocument);
        const text = (count === 0 ? before : between) + lines.join(between);
        count += lines.length;
        return text;
      });
    },

    async finish() {
      await file.write(() => (count === 0 ? empty : after));
      const { sizeBytes } = await file.finish();
      return { path, count, sizeBytes };
    },

    cancel: () => file.cancel(),
  };
}
