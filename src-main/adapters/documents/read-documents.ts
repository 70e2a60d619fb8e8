/** Documents out of files, streams and text, without ever holding the event loop for long. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { AppError } from '#shared/app-error.ts';
import { DocumentSplitter, type RawDocument } from './document-splitter.ts';

const CHUNK_BYTES = 64 * 1024;
const MAX_TURN_MS = 15;

/** The documents of a stream of bytes, as they are found. */
export async function* readDocuments(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<RawDocument> {
  const splitter = new DocumentSplitter();
  const pause = createPause();
  for await (const chunk of chunks) {
    for (const raw of splitter.push(chunk)) {
      yield raw;
      await pause();
    }
    await pause();
  }
  for (const raw of splitter.end()) {
    yield raw;
    await pause();
  }
}

/** The bytes of a text, in chunks. */
export async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

/**
 * Looks at a file before it is read.
 * @throws AppError `not-found`, `bad-request` for a folder, `io` where it can't be read
 */
export async function sizeOfFile(path: string): Promise<number> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) {
      throw new AppError('bad-request', `Expected a file, got the folder ${path}: choose the files in it.`);
    }
    return stats.size;
  } catch (error) {
    throw asAppError(error, path);
  }
}

/**
 * The bytes of a file, in chunks.
 * @throws AppError as `sizeOfFile`, at the first chunk
 */
export async function* bytesOfFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES });
  } catch (error) {
    throw asAppError(error, path);
  }
}

function asAppError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new AppError('not-found', `Expected a file at ${path}, got none.`, { cause: error });
  }
  if (code === 'EISDIR') {
    return new AppError('bad-request', `Expected a file, got the folder ${path}.`, { cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new AppError('io', `Expected to be allowed to read ${path}, but the system refuses it.`, {
      cause: error,
    });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError('io', `Expected to be able to read ${path}, got: ${reason}`, { cause: error });
}

/** Lets others have the event loop once this work has had it for long enough. */
export function createPause(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < MAX_TURN_MS) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        since = performance.now();
        resolve();
      }),
    );
  };
}
