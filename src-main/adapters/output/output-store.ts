/** The output files of attempts: made for them, read in pieces, previewed for the record, removed with the job. */
import { closeSync, mkdirSync, openSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_OUTPUT_CHUNK_BYTES } from '#shared/contract/limits.ts';
import type { OutputChunk, OutputRef, OutputRequest, OutputStream } from '#shared/contract/output.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { AttemptKey } from '../../core/ports.ts';
import { hasCode } from '../process/system-error.ts';
import { attemptDirectory, jobDirectory } from './output-paths.ts';
import { EMPTY_PREVIEW, previewOf, type StreamPreview } from './output-preview.ts';

export type OutputPreview = Record<OutputStream, StreamPreview>;

/**
 * What is short is done at once and not in the thread pool, which costs five times as much: a batch makes and
 * removes a folder for each of its items. The journal in the same directory is synchronous too.
 */
export interface OutputStore {
  /** The folder of an attempt, whether it exists or not. Its output files are `stdout` and `stderr`. */
  directoryFor(key: AttemptKey): string;
  /** Makes the folder of an attempt with these files in it (name to text), for its owner alone. */
  prepare(key: AttemptKey, files: Readonly<Record<string, string>>): Promise<void>;
  /** A piece of an output file; size 0 where there is none: then all there was is in the record, as after `conclude`. */
  read(request: OutputRequest): Promise<OutputChunk>;
  /** The absolute path of an output file that exists, or null. */
  path(ref: OutputRef): Promise<string | null>;
  /**
   * After an attempt: both streams' beginnings and ends, for the record. An item whose output is wholly in them
   * loses its folder: a batch of 100,000 short items leaves no file.
   */
  conclude(key: AttemptKey): OutputPreview;
  /** Drops the folder of an attempt that never began. */
  discard(key: AttemptKey): void;
  /** Drops all output of a job. */
  remove(jobId: JobId): Promise<void>;
}

/** Up to this a file is written at once, characters. */
const SHORT_TEXT = 65_536;

/** @param directory the data directory, made where it does not exist; the output is in its folder `output` */
export function createOutputStore(directory: string): OutputStore {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Links resolved, so that a directory reached by two ways gives its attempts one marker.
  const root = realpathSync.native(directory);
  const directoryFor = (key: AttemptKey) => attemptDirectory(root, key);
  const fileOf = (ref: OutputRef) => join(directoryFor(ref), ref.stream);

  return {
    directoryFor,
    async prepare(key, files) {
      const folder = directoryFor(key);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const [name, text] of Object.entries(files)) {
        const path = join(folder, name);
        if (text.length <= SHORT_TEXT) writeFileSync(path, text, { mode: 0o600 });
        else await writeFile(path, text, { mode: 0o600 });
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
    conclude(key) {
      const folder = directoryFor(key);
      const stdout = previewFile(join(folder, 'stdout'));
      const stderr = previewFile(join(folder, 'stderr'));
      if (key.item !== undefined && stdout.exact && stderr.exact) removeFolder(folder);
      return { stdout, stderr };
    },
    discard: (key) => removeFolder(directoryFor(key)),
    async remove(jobId) {
      await rm(jobDirectory(root, jobId), { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // A program that was left running may hold it (Windows). It is removed with the job.
  }
}

function previewFile(path: string): StreamPreview {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    if (isMissing(error)) return EMPTY_PREVIEW;
    throw error;
  }
  try {
    return previewOf(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

async function readChunk(file: FileHandle, { offset, maxBytes }: OutputRequest): Promise<OutputChunk> {
  const { size } = await file.stat();
  const from = offset < 0 ? Math.max(0, size + offset) : Math.min(offset, size);
  const length = Math.max(0, Math.min(maxBytes, MAX_OUTPUT_CHUNK_BYTES, size - from));
  return { offset: from, bytes: await readAt(file, from, length), sizeBytes: size };
}

/** Up to `length` bytes from `position`; fewer where the file ends before. */
async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  // A copy of its own, so that a message carries these bytes and not the buffer they were read into.
  return filled === length ? bytes : bytes.slice(0, filled);
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
