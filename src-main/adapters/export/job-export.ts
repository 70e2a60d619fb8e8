/** Exports of records: one file of them, or a folder or an archive with what they printed beside it. */

import { AppError, assertNever } from '#shared/app-error.ts';
import type { ExportRequest } from '#shared/contract/exports.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { createPause } from '../documents/pause.ts';
import { openReplacement } from '../documents/replacement-file.ts';
import type { BundledFile, ExportTarget } from './export-target.ts';
import { openFolderTarget } from './folder-target.ts';
import { type Leftovers, NO_LEFTOVERS } from './leftovers.ts';
import { RECORD_FORMS, recordText } from './record-form.ts';
import { redactJob } from './redact-job.ts';
import { createTurns } from './turns.ts';
import { openZipTarget } from './zip-target.ts';

export interface ExportCounts {
  /** Records, or items of a batch. */
  count: number;
  /** Files beside them. */
  files: number;
  /** Before compression. */
  bytes: number;
}

export interface JobExport {
  /** Adds records. After an error the export is given up and nothing is left of it. */
  write(jobs: readonly BatchJob[]): Promise<void>;
  /** Syncs and renames: only now is there anything under its name. */
  finish(): Promise<ExportCounts & { sizeBytes: number }>;
  /** Gives up what is not finished, also in the middle of writing. What was there before stays. */
  cancel(): Promise<void>;
}

export type JobExportOptions = Pick<ExportRequest, 'format' | 'packing' | 'redaction'>;

export interface JobExportContext {
  /** What lies beside the record of a job in a folder or an archive. */
  filesOf: (job: BatchJob) => AsyncIterable<BundledFile>;
  onProgress?: (counts: ExportCounts) => void;
  leftovers?: Leftovers;
}

/** Records are written together up to this length. */
const PIECE_LENGTH = 1024 * 1024;
const FILE_OF_RECORDS = 'jobs';

/**
 * Begins an export.
 * @param path absolute
 * @throws AppError `io` where the folder is not there or may not be written to; `conflict` where a folder is to be made
 *   under a name that is taken; `bad-request` where output is to lie beside records that had it taken out
 */
export async function openJobExport(
  path: string,
  { format, packing, redaction }: JobExportOptions,
  { filesOf, onProgress, leftovers = NO_LEFTOVERS }: JobExportContext,
): Promise<JobExport> {
  if (redaction.metadataValues && (packing === 'zip' || packing === 'folder')) {
    throw new AppError(
      'bad-request',
      'Expected output files, or records without what they printed: got both.',
    );
  }
  const form = RECORD_FORMS[format];
  const records = recordText(form);
  const target = await openTarget(path, packing, `${FILE_OF_RECORDS}.${form.extension}`, leftovers);
  const turns = createTurns();
  const abort = new AbortController();
  const pause = createPause();
  const counts: ExportCounts = { count: 0, files: 0, bytes: 0 };
  const close = () =>
    abort.abort(
      new AppError('closing', `Expected ${path} to be open for writing, but the export has ended.`),
    );

  function told(change: Partial<ExportCounts>): void {
    Object.assign(counts, change);
    onProgress?.({ ...counts });
  }

  async function writeText(text: string): Promise<void> {
    abort.signal.throwIfAborted();
    await target.write(text);
    told({ bytes: counts.bytes + Buffer.byteLength(text) });
  }

  async function writeRecords(jobs: readonly BatchJob[]): Promise<void> {
    let piece = '';
    let written = 0;
    for (const job of jobs) {
      piece += records.next(redactJob(job, redaction));
      written++;
      if (piece.length >= PIECE_LENGTH) {
        await writeText(piece);
        told({ count: counts.count + written });
        piece = '';
        written = 0;
      }
      await pause();
    }
    await writeText(piece);
    told({ count: counts.count + written });
  }

  async function addFiles(job: BatchJob, add: NonNullable<ExportTarget['add']>): Promise<void> {
    for await (const file of filesOf(job)) {
      abort.signal.throwIfAborted();
      await add({ ...file, bytes: () => counted(file.bytes()) });
      told({ files: counts.files + 1 });
    }
  }

  async function* counted(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      abort.signal.throwIfAborted();
      told({ bytes: counts.bytes + chunk.length });
      yield chunk;
    }
  }

  async function orGiveUp<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      close();
      await target.cancel();
      throw error;
    }
  }

  return {
    write: (jobs) =>
      turns.take(() =>
        orGiveUp(async () => {
          abort.signal.throwIfAborted();
          if (jobs.length === 0) return;
          await writeRecords(jobs);
          if (target.add !== null) for (const job of jobs) await addFiles(job, target.add);
        }),
      ),

    finish: () =>
      turns.take(() =>
        orGiveUp(async () => {
          await writeText(records.end());
          const { sizeBytes } = await target.finish(abort.signal);
          close();
          return { ...counts, sizeBytes };
        }),
      ),

    async cancel() {
      close();
      await turns.idle();
      await target.cancel();
    },
  };
}

function openTarget(
  path: string,
  packing: ExportRequest['packing'],
  recordsName: string,
  leftovers: Leftovers,
): Promise<ExportTarget> {
  switch (packing) {
    case 'plain':
    case 'gzip':
      return openFile(path, packing === 'gzip', leftovers);
    case 'folder':
      return openFolderTarget(path, recordsName, leftovers);
    case 'zip':
      return openZipTarget(path, recordsName, leftovers);
    default:
      return assertNever(packing);
  }
}

async function openFile(path: string, isGzip: boolean, leftovers: Leftovers): Promise<ExportTarget> {
  return { ...(await openReplacement(path, { isGzip, leftovers })), add: null };
}
