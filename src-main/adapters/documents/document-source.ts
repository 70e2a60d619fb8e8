/** Where documents come from: a file, a folder of files, or text. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import { filesOfFolder } from './folder-files.ts';
import { asReadError } from './read-error.ts';
import { encoded } from './utf-16.ts';

export interface DocumentSource {
  /** What it is called where its documents are told of. */
  name: string;
  /** As it is on the disk; 0 where nobody knows. */
  sizeBytes: number;
  /** Absolute; null for text and standard input. */
  path: string | null;
  /** Its bytes as they are. Throws AppError `not-found`, `bad-request`, `io`. */
  chunks(): AsyncIterable<Uint8Array>;
}

const CHUNK_BYTES = 64 * 1024;

/**
 * Files as they are given, folders as all the files in them that may hold jobs.
 * @param paths absolute
 * @throws AppError `not-found` where one is not there, or a folder has no such file; `bad-request` where one is
 *   a pipe or a device, which may never come to an end; `io` where it may not be read
 */
export async function sourcesAt(paths: readonly string[]): Promise<DocumentSource[]> {
  const sources: DocumentSource[] = [];
  for (const path of paths) {
    const stats = await statsOf(path);
    if (stats.isFile()) sources.push(fileSource(path, basename(path), stats.size));
    else if (!stats.isDirectory()) throw neither(path);
    else for await (const source of folderSources(path)) sources.push(source);
  }
  return sources;
}

/** @param path absolute */
export function fileSource(path: string, name: string, sizeBytes: number): DocumentSource {
  return { name, sizeBytes, path, chunks: () => bytesOfFile(path) };
}

export function textSource(name: string, text: string): DocumentSource {
  return { name, sizeBytes: Buffer.byteLength(text), path: null, chunks: () => bytesOf(text) };
}

/**
 * Looks at a file before it is read.
 * @throws AppError `not-found`, `bad-request` for a folder, `io` where it can't be read
 */
export async function sizeOfFile(path: string): Promise<number> {
  const stats = await statsOf(path);
  if (stats.isDirectory()) {
    throw new AppError('bad-request', `Expected a file, got the folder ${path}: choose the files in it.`);
  }
  return stats.size;
}

/**
 * The bytes of a file, in chunks.
 * @throws AppError as `sizeOfFile`, at the first chunk
 */
export async function* bytesOfFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES });
  } catch (error) {
    throw asReadError(error, path);
  }
}

/** The bytes of a text, in chunks. */
export async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  const bytes = encoded(text);
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

async function* folderSources(folder: string): AsyncGenerator<DocumentSource> {
  let found = false;
  for await (const { name, path, sizeBytes } of filesOfFolder(folder)) {
    found = true;
    yield fileSource(path, name, sizeBytes);
  }
  if (!found) {
    throw new AppError(
      'not-found',
      `Expected files that end in .json, .jsonl or .ndjson (or .gz after that) in ${folder}, got none.`,
    );
  }
}

function neither(path: string): AppError {
  return new AppError(
    'bad-request',
    `Expected a file or a folder, got ${path}, which is a pipe or a device.`,
  );
}

/** @throws AppError as `sizeOfFile`, but not for a folder */
export async function isFolder(path: string): Promise<boolean> {
  return (await statsOf(path)).isDirectory();
}

async function statsOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    throw asReadError(error, path);
  }
}
