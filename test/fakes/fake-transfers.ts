/** Exports kept in memory. */
import { AppError } from '#shared/app-error.ts';
import type {
  ExportBegun,
  ExportProgress,
  ExportReport,
  ExportRequest,
  ItemExportRequest,
} from '#shared/contract/exports.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';

interface FakeExport {
  path: string;
  request: ExportRequest | ItemExportRequest;
  jobs: BatchJob[];
  count: number;
  /** Ends a write that is held back. */
  stop: (error: Error) => void;
}

export class FakeExports {
  /** The files that were finished, newest last. */
  readonly files: { path: string; text: string; request: ExportRequest | ItemExportRequest }[] = [];
  /** The exports that were to be shown. */
  readonly revealed: string[] = [];
  /** A write does not end until it is cancelled: one sees how far it is. */
  holdsBack = false;
  readonly #open = new Map<string, FakeExport>();
  readonly #onProgress: (progress: ExportProgress) => void;

  constructor(onProgress: (progress: ExportProgress) => void = () => {}) {
    this.#onProgress = onProgress;
  }

  begin(request: ExportRequest | ItemExportRequest, count = 0): ExportBegun {
    const exportId = crypto.randomUUID();
    const path = `/home/you/${request.suggestedName}`;
    this.#open.set(exportId, { path, request, jobs: [], count, stop: () => {} });
    return { exportId, path };
  }

  async write(exportId: string, jobs: readonly BatchJob[]): Promise<void> {
    const written = this.#find(exportId);
    written.jobs.push(...jobs);
    written.count += jobs.length;
    const files = 'packing' in written.request && written.request.packing !== 'plain' ? written.count : 0;
    this.#onProgress({ exportId, count: written.count, files, bytes: written.count * 1312 });
    if (!this.holdsBack) return;
    await new Promise((_resolve, reject) => {
      written.stop = reject;
    });
  }

  finish(exportId: string): ExportReport {
    const { path, request, jobs, count } = this.#find(exportId);
    const text =
      request.format === 'array'
        ? JSON.stringify(jobs, null, 2)
        : jobs.map((job) => `${JSON.stringify(job)}\n`).join('');
    this.#open.delete(exportId);
    this.files.push({ path, text, request });
    return { paths: [path], count, files: 0, sizeBytes: new TextEncoder().encode(text).length };
  }

  cancel(exportId: string): void {
    this.#open.get(exportId)?.stop(new AppError('closing', 'The export has ended.'));
    this.#open.delete(exportId);
  }

  get openCount(): number {
    return this.#open.size;
  }

  #find(exportId: string): FakeExport {
    const file = this.#open.get(exportId);
    if (file === undefined) throw new AppError('not-found', 'Expected an export that was begun, got none.');
    return file;
  }
}
