/** The output files that a job has, found in its folder: see `output-paths.ts` for how that is laid out. */
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { OUTPUT_STREAMS, type OutputRef } from '#shared/contract/output.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { hasCode } from '../process/system-error.ts';
import { jobDirectory } from './output-paths.ts';

export interface OutputFile {
  ref: OutputRef;
  path: string;
}

/** Files that may exist, of each attempt both streams, in no order. */
export async function* outputFilesOf(
  dataDirectory: string,
  jobId: JobId,
): AsyncGenerator<OutputFile, void, undefined> {
  const job = jobDirectory(dataDirectory, jobId);
  for await (const name of foldersIn(job)) {
    if (/^[1-9]\d*$/u.test(name)) yield* filesOf(join(job, name), { jobId, attempt: Number(name) });
  }
  const items = join(job, 'items');
  for await (const thousand of foldersIn(items)) {
    for await (const name of foldersIn(join(items, thousand))) {
      const [, item, attempt] = /^(0|[1-9]\d*)\.([1-9]\d*)$/u.exec(name) ?? [];
      if (item === undefined) continue;
      yield* filesOf(join(items, thousand, name), { jobId, attempt: Number(attempt), item: Number(item) });
    }
  }
}

function* filesOf(folder: string, key: Omit<OutputRef, 'stream'>): Generator<OutputFile> {
  for (const stream of OUTPUT_STREAMS) yield { ref: { ...key, stream }, path: join(folder, stream) };
}

async function* foldersIn(folder: string): AsyncGenerator<string, void, undefined> {
  let entries: Awaited<ReturnType<typeof opendir>>;
  try {
    entries = await opendir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return;
    throw error;
  }
  for await (const entry of entries) if (entry.isDirectory()) yield entry.name;
}
