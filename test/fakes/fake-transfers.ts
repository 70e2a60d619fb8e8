/** Exports kept in memory. */
import { AppError } from '#shared/app-error.ts';
import type { ExportFormat } from '#shared/contract/channels.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';

export class FakeExports {
  /** The files that were finished, newest last. */
  readonly files: { path: string; text: string }[] = [];
  #open = new Map<string, { path: string; format: ExportFormat; jobs: BatchJob[] }>();

  begin(suggestedName: string, format: ExportFormat): { exportId: string; path: string } {
    const exportId = crypto.randomUUID();
    const path = `/home/you/${suggestedName}`;
    this.#open.set(exportId, { path, format, jobs: [] });
    return { exportId, path };
  }

  write(exportId: string, jobs: readonly BatchJob[]): void {
    this.#find(exportId).jobs.push(...jobs);
  }

  finish(exportId: string): { path: string; count: number; sizeBytes: number } {
    const { path, format, jobs } = this.#find(exportId);
    const text =
      format === 'array'
        ? JSON.stringify(jobs, null, 2)
        : jobs.map((job) => `${JSON.stringify(job)}\n`).join('');
    this.#open.delete(exportId);
    this.files.push({ path, text });
    return { path, count: jobs.length, sizeBytes: new TextEncoder().encode(text).length };
  }

  cancel(exportId: string): void {
    this.#open.delete(exportId);
  }

  get openCount(): number {
    return this.#open.size;
  }

  #find(exportId: string) {
    const file = this.#open.get(exportId);
    if (file === undefined) throw new AppError('not-found', 'Expected an export that was begun, got none.');
    return file;
  }
}
