/** All output that there is of a job, as it lies on the disk. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OUTPUT_STREAMS, type OutputStream } from '#shared/contract/output.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { hasCode } from '../process/system-error.ts';
import { jobDirectory } from './output-paths.ts';

export interface JobOutputFile {
  attempt: number;
  /** Of a batch. */
  item?: number;
  stream: OutputStream;
  /** Absolute. */
  path: string;
  sizeBytes: number;
  modifiedAt: Date;
}

/**
 * The output files of a job's attempts, then those of its items, in order. Empty ones are passed over, and so is
 * everything else that lies there: a script, the environment of an attempt.
 * @param dataDirectory absolute
 */
export async function* jobOutputFiles(dataDirectory: string, jobId: JobId): AsyncGenerator<JobOutputFile> {
  const folder = jobDirectory(dataDirectory, jobId);
  for (const [attempt = 0] of await numbered(folder, /^([1-9]\d*)$/u)) {
    yield* streamsIn(join(folder, String(attempt)), { attempt });
  }
  const items = join(folder, 'items');
  for (const [thousand = 0] of await numbered(items, /^(0|[1-9]\d*)$/u)) {
    const some = join(items, String(thousand));
    for (const [item = 0, attempt = 0] of await numbered(some, /^(0|[1-9]\d*)\.([1-9]\d*)$/u)) {
      yield* streamsIn(join(some, `${item}.${attempt}`), { attempt, item });
    }
  }
}

/** The numbers in the names that fit the pattern, in their order. */
async function numbered(folder: string, pattern: RegExp): Promise<number[][]> {
  const found: number[][] = [];
  for (const name of await namesIn(folder)) {
    const numbers = pattern.exec(name)?.slice(1).map(Number);
    if (numbers?.every(Number.isSafeInteger)) found.push(numbers);
  }
  return found.sort((one, other) => (one[0] ?? 0) - (other[0] ?? 0) || (one[1] ?? 0) - (other[1] ?? 0));
}

async function* streamsIn(
  folder: string,
  of: { attempt: number; item?: number },
): AsyncGenerator<JobOutputFile> {
  for (const stream of OUTPUT_STREAMS) {
    const path = join(folder, stream);
    const stats = await stat(path).catch((error: unknown) => ifMissing(error, null));
    if (stats?.isFile() && stats.size > 0) {
      yield { ...of, stream, path, sizeBytes: stats.size, modifiedAt: stats.mtime };
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch((error: unknown) => ifMissing(error, []));
}

/** What was deleted meanwhile is not there. */
function ifMissing<T>(error: unknown, value: T): T {
  if (hasCode(error, 'ENOENT', 'ENOTDIR')) return value;
  throw error;
}
