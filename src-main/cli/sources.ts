/** The files a command was given. */
import { join, resolve } from 'node:path';
import { type DocumentSource, sourcesAt } from '../adapters/documents/document-source.ts';
import type { CliIo } from './cli-types.ts';

/**
 * The files, and those of folders, looked at before the first is read. They are called as they were given.
 * @throws AppError where one is not there or may not be read
 */
export async function openSources(files: readonly string[], io: CliIo): Promise<DocumentSource[]> {
  const sources: DocumentSource[] = [];
  for (const file of files) {
    if (file === '-') {
      sources.push({ name: file, sizeBytes: 0, path: null, chunks: () => io.stdin });
      continue;
    }
    const path = resolve(io.cwd, file);
    for (const source of await sourcesAt([path])) {
      sources.push({ ...source, name: source.path === path ? file : join(file, source.name) });
    }
  }
  return sources;
}
