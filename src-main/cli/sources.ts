/** The files a command was given. */
import { resolve } from 'node:path';
import { bytesOfFile, sizeOfFile } from '../adapters/documents/read-documents.ts';
import type { CliIo } from './cli-types.ts';

export interface Source {
  /** As it was given. */
  file: string;
  chunks(): AsyncIterable<Uint8Array>;
}

/**
 * The files, looked at before the first is read.
 * @throws AppError where one is not there, is a folder or may not be read
 */
export async function openSources(files: readonly string[], io: CliIo): Promise<Source[]> {
  const sources: Source[] = [];
  for (const file of files) {
    if (file === '-') {
      sources.push({ file, chunks: () => io.stdin });
    } else {
      const path = resolve(io.cwd, file);
      await sizeOfFile(path);
      sources.push({ file, chunks: () => bytesOfFile(path) });
    }
  }
  return sources;
}
