/** The exports that a person has begun: written, followed, finished or cancelled, and shown. */
import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/app-error.ts';
import type { Disposer } from '#shared/contract/app-api.ts';
import type {
  ExportBegun,
  ExportProgress,
  ExportReport,
  ExportRequest,
  ItemExportRequest,
} from '#shared/contract/exports.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { errorPathOf, exportItems, type ItemExportSources } from '../items/export-items.ts';
import { type BundleSources, bundledFilesOf } from './bundled-files.ts';
import { type ExportCounts, openJobExport } from './job-export.ts';
import { createLeftovers, leftoversFolder, sweepLeftovers } from './leftovers.ts';

export interface Exports {
  /**
   * Begins to write records.
   * @param path absolute
   * @throws AppError as `openJobExport`
   */
  beginJobs(path: string, request: Omit<ExportRequest, 'suggestedName'>): Promise<ExportBegun>;
  /** Begins to write the results of a batch, which goes on by itself. What goes wrong is told by `finish`. */
  beginItems(path: string, request: Omit<ItemExportRequest, 'suggestedName'>): Promise<ExportBegun>;
  // These throw AppError `not-found` where the export has ended.
  write(exportId: string, jobs: readonly BatchJob[]): Promise<void>;
  finish(exportId: string): Promise<ExportReport>;
  cancel(exportId: string): Promise<void>;
  /** The path of an export that was finished. */
  pathOf(exportId: string): string;
  cancelAll(): Promise<void>;
  /** Told of each export at most ten times a second while it is written. */
  onProgress(listener: (progress: ExportProgress) => void): Disposer;
}

export interface ExportSources extends BundleSources, ItemExportSources {}

interface RunningExport {
  write(jobs: readonly BatchJob[]): Promise<void>;
  finish(): Promise<ExportReport>;
  cancel(): Promise<void>;
}

/** A page that was reloaded forgets its exports: one more than this gives up the oldest. */
const MAX_OPEN = 8;
/** How many finished ones can still be shown. */
const MAX_FINISHED = 50;
const TELL_EVERY_MS = 100;

/**
 * Removes what a kill has left of exports before.
 * @param onProblem told where that could not be done; exports can be begun all the same
 */
export function createExports(sources: ExportSources, onProblem: (problem: unknown) => void): Exports {
  const notes = leftoversFolder(sources.dataDirectory);
  const leftovers = createLeftovers(notes);
  // Before there is a note of this process.
  const swept = sweepLeftovers(notes).catch(onProblem);
  const running = new Map<string, RunningExport>();
  const finished = new Map<string, string>();
  const listeners = new Set<(progress: ExportProgress) => void>();

  async function add(exportId: string, path: string, begun: RunningExport): Promise<ExportBegun> {
    running.set(exportId, begun);
    const [oldest] = running;
    if (oldest !== undefined && running.size > MAX_OPEN) {
      running.delete(oldest[0]);
      await oldest[1].cancel();
    }
    return { exportId, path };
  }

  function find(exportId: string): RunningExport {
    const found = running.get(exportId);
    if (found !== undefined) return found;
    throw new AppError('not-found', 'Expected an export that is open, got one that has ended: export again.');
  }

  function take(exportId: string): RunningExport {
    const found = find(exportId);
    running.delete(exportId);
    return found;
  }

  function remember(exportId: string, path: string): void {
    finished.set(exportId, path);
    const [oldest] = finished.keys();
    if (oldest !== undefined && finished.size > MAX_FINISHED) finished.delete(oldest);
  }

  /** The first counts are told at once, so that one sees that something happens. */
  function teller(exportId: string): (counts: ExportCounts) => void {
    let toldMs = Number.NEGATIVE_INFINITY;
    return (counts) => {
      if (performance.now() - toldMs < TELL_EVERY_MS) return;
      toldMs = performance.now();
      for (const listener of listeners) listener({ exportId, ...counts });
    };
  }

  return {
    async beginJobs(path, request) {
      await swept;
      const exportId = randomUUID();
      const filesOf = ({ id }: BatchJob) => bundledFilesOf(id, sources);
      const onProgress = teller(exportId);
      const { write, finish, cancel } = await openJobExport(path, request, {
        filesOf,
        onProgress,
        leftovers,
      });
      const report = async () => {
        const { count, files, sizeBytes } = await finish();
        return { paths: [path], count, files, sizeBytes };
      };
      return add(exportId, path, { write, finish: report, cancel });
    },

    async beginItems(path, { jobIds, format, isGzip }) {
      await swept;
      const exportId = randomUUID();
      const stopping = new AbortController();
      const written = exportItems({ jobIds, format, path, errorPath: errorPathOf(path) }, sources, {
        isGzip,
        leftovers,
        signal: stopping.signal,
        onProgress: teller(exportId),
      });
      written.catch(() => {}); // `finish` tells of it
      return add(exportId, path, {
        write: async () => {
          throw new AppError('bad-request', 'Expected an export of jobs, got one of the items of a batch.');
        },
        finish: () => written,
        async cancel() {
          stopping.abort(new AppError('closing', 'The export was stopped.'));
          await written.catch(() => {});
        },
      });
    },

    write: async (exportId, jobs) => find(exportId).write(jobs),

    async finish(exportId) {
      // It stays open until it is done, so that it can still be cancelled.
      const report = await find(exportId).finish();
      running.delete(exportId);
      remember(exportId, report.paths[0] ?? '');
      return report;
    },

    cancel: async (exportId) => take(exportId).cancel(),

    pathOf(exportId) {
      const path = finished.get(exportId);
      if (path !== undefined) return path;
      throw new AppError(
        'not-found',
        'Expected an export of this session that was finished, got none: look for its file by name.',
      );
    },

    async cancelAll() {
      const open = [...running.values()];
      running.clear();
      await Promise.all(open.map((each) => each.cancel()));
    },

    onProgress(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
