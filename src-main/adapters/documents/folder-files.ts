/** The files of a folder, and of those in it, that may hold jobs. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asReadError } from './read-error.ts';

export interface FolderFile {
  /** Its path below the folder, with `/` between the steps. */
  name: string;
  /** Absolute. */
  path: string;
  sizeBytes: number;
}

const MAY_HOLD_JOBS = /\.(?:json|jsonl|ndjson)(?:\.gz)?$/iu;

/**
 * In the order of their names. What begins with a dot is passed over; links are followed, and a folder that is reached a
 * second time is not read again. What can't be looked at is given as a file of 0 bytes: whoever reads it is told why.
 * @param folder absolute
 * @throws AppError `not-found`, `io` where the folder itself can't be looked at
 */
export async function* filesOfFolder(
  folder: string,
  prefix = '',
  seen: Set<string> = new Set(),
): AsyncGenerator<FolderFile> {
  let names: string[];
  try {
    const real = await realpath(folder);
    if (seen.has(real)) return;
    seen.add(real);
    names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  } catch (error) {
    if (prefix === '') throw asReadError(error, folder);
    yield { name: prefix, path: folder, sizeBytes: 0 };
    return;
  }
  for (const own of names) {
    const path = join(folder, own);
    const name = prefix + own;
    const mayHoldJobs = MAY_HOLD_JOBS.test(own);
    const stats = await stat(path).catch(() => null);
    if (stats?.isDirectory()) yield* filesOfFolder(path, `${name}/`, seen);
    else if (mayHoldJobs && (stats === null || stats.isFile())) {
      yield { name, path, sizeBytes: stats?.size ?? 0 };
    }
  }
}
