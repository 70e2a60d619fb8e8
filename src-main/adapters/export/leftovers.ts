/**
 * What is in the making under a temporary name, written down, so that what a kill leaves of it is removed at the next
 * start. The name begins with a dot, and nobody would find it.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { hasCode } from '../process/system-error.ts';

export interface Leftovers {
  /**
   * Writes down a temporary name, before there is anything under it.
   * @returns to be called once nothing is under it any more
   */
  remember(temporary: string): Promise<() => Promise<void>>;
}

/** For who has no place to write down. */
export const NO_LEFTOVERS: Leftovers = { remember: async () => async () => {} };

const TEMPORARY = /^\..+\.[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.part$/u;

/** A name of its own beside `target`, that tells whose it is. */
export function temporaryBeside(target: string): string {
  return join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}.part`);
}

/** Where the application writes them down, below its data directory. */
export function leftoversFolder(dataDirectory: string): string {
  return join(dataDirectory, 'exports');
}

/** @param folder absolute; made where it does not exist, and nobody else's */
export function createLeftovers(folder: string): Leftovers {
  return {
    async remember(temporary) {
      const note = join(folder, randomUUID());
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(note, temporary, { flag: 'wx', mode: 0o600 });
      return () => rm(note, { force: true });
    },
  };
}

/**
 * Removes what was remembered and never called off. For the one owner of the folder, before it begins anything.
 * @returns what was removed
 */
export async function sweepLeftovers(folder: string): Promise<string[]> {
  const swept: string[] = [];
  for (const name of await namesIn(folder)) {
    const note = join(folder, name);
    const temporary = await readFile(note, 'utf8');
    // A note that was cut off names nothing: nothing but what has the form of such a name is ever removed.
    if (isAbsolute(temporary) && TEMPORARY.test(basename(temporary))) {
      await rm(temporary, { recursive: true, force: true });
      swept.push(temporary);
    }
    await rm(note, { force: true });
  }
  return swept;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
