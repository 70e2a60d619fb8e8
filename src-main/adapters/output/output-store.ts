/** The output files of attempts: made for them, read in pieces, previewed for the record, removed with the job. */
import { mkdirSync, realpathSync } from 'node:fs';
import { type FileHandle, mkdir, open, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  MAX_OUTPUT_CHUNK_BYTES,
  type OutputChunk,
  type OutputRef,
  type OutputRequest,
  type OutputStream,
} from '#shared/contract/channels.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { hasCode } from '../process/system-error.ts';
import { attemptDirectory, jobDirectory } from './output-paths.ts';
import { previewOf, readAt, type StreamPreview } from './output-preview.ts';

export interface OutputStore {
  /** The folder of an attempt, whether it exists or not. */
  directoryFor(jobId: JobId, attempt: number): string;
  /** Makes the folder of an attempt with these files in it (name to text), for its owner alone. */
  prepare(jobId: JobId, attempt: number, files: Readonly<Record<string, string>>): Promise<void>;
  /** A piece of an output file; size 0 where there is none. */
  read(request: OutputRequest): Promise<OutputChunk>;
  /** The absolute path of an output file that exists, or null. */
  path(ref: OutputRef): Promise<string | null>;
  /** Both streams' beginnings and ends, for the record. */
  preview(jobId: JobId, attempt: number): Promise<Record<OutputStream, StreamPreview>>;
  /** Drops all output of a job. */
  remove(jobId: JobId): Promise<void>;
}

const EMPTY: StreamPreview = { text: '', sizeBytes: 0, truncated: false };

/** @param directory the data directory, made where it does not exist; the output is in its folder `output` */
export function createOutputStore(directory: string): OutputStore {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Links resolved, so that a directory reached by two ways gives its attempts one marker.
  const root = realpathSync.native(directory);
  const directoryFor = (jobId: JobId, attempt: number) => attemptDirectory(root, jobId, attempt);
  const fileOf = (ref: OutputRef) => join(directoryFor(ref.jobId, ref.attempt), ref.stream);
  const previewStream = async (ref: OutputRef) =>
    (await withFile(fileOf(ref), (file) => previewOf(file))) ?? EMPTY;

  return {
    directoryFor,
    async prepare(jobId, attempt, files) {
      const folder = directoryFor(jobId, attempt);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      for (const [name, text] of Object.entries(files)) {
        await writeFile(join(folder, name), text, { mode: 0o600 });
      }
    },
    async read(request) {
      const chunk = await withFile(fileOf(request), (file) => readChunk(file, request));
      return chunk ?? { offset: 0, bytes: new Uint8Array(0), sizeBytes: 0 };
    },
    async path(ref) {
      const path = fileOf(ref);
      try {
        return (await stat(path)).isFile() ? path : null;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async preview(jobId, attempt) {
      const [stdout, stderr] = await Promise.all([
        previewStream({ jobId, attempt, stream: 'stdout' }),
        previewStream({ jobId, attempt, stream: 'stderr' }),
      ]);
      return { stdout, stderr };
    },
    async remove(jobId) {
      await rm(jobDirectory(root, jobId), { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function readChunk(file: FileHandle, { offset, maxBytes }: OutputRequest): Promise<OutputChunk> {
  const { size } = await file.stat();
  const from = offset < 0 ? Math.max(0, size + offset) : Math.min(offset, size);
  const length = Math.max(0, Math.min(maxBytes, MAX_OUTPUT_CHUNK_BYTES, size - from));
  return { offset: from, bytes: await readAt(file, from, length), sizeBytes: size };
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T | null> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

const isMissing = (error: unknown) => hasCode(error, 'ENOENT', 'ENOTDIR');
