/** The files a command was given. */
import { join, resolve } from 'node:path';
import {
  type DocumentSource,
  fileSource,
  isFolder,
  sizeOfFile,
  sourcesAt,
} from '../adapters/documents/document-source.ts';
import type { CliIo } from './cli-types.ts';

/**
 * The files, looked at before the first is read, and called as they were given.
 * @throws AppError where one is not there, is a folder or may not be read
 */
export async function openSources(files: readonly string[], io: CliIo): Promise<DocumentSource[]> {
  const sources: DocumentSource[] = [];
  for (const file of files) {
    if (file === '-') {
      sources.push({ name: file, sizeBytes: 0, path: null, chunks: () => io.stdin });
    } else {
      const path = resolve(io.cwd, file);
      sources.push(fileSource(path, file, await sizeOfFile(path)));
    }
  }
  return sources;
}

/** The same, and of folders all the files that may hold jobs: for what is only read, and not run. */
export async function openTrees(files: readonly string[], io: CliIo): Promise<DocumentSource[]> {
  const sources: DocumentSource[] = [];
  for (const file of files) {
    const path = resolve(io.cwd, file);
    if (file === '-' || !(await isFolder(path))) sources.push(...(await openSources([file], io)));
    else
      for (const source of await sourcesAt([path]))
        sources.push({ ...source, name: join(file, source.name) });
  }
  return sources;
}
