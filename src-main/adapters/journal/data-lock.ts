/** One process for each data directory. The lock is the operating system's: it dies with its process. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '#shared/app-error.ts';
import type { Disposer } from '#shared/contract/app-api.ts';
import { makePrivateFile } from './private-file.ts';
import { explained, isBusy } from './sqlite-error.ts';

/** Whoever only asks whether the directory has an owner holds the lock for less than this (`control/data-owner.ts`). */
const ASKER_MS = 250;

/** A connection that nothing refers to is collected as garbage, and its lock with it. */
const held = new Set<DatabaseSync>();

/**
 * Locks `directory` until the answer is called or the process ends. The lock is an exclusive transaction on a
 * file of its own, so that the journal stays readable for others.
 * @throws AppError `data-in-use` where another process has it
 */
export function lockDataDirectory(directory: string): Disposer {
  const file = join(directory, 'lock.sqlite');
  return explained(file, () => {
    makePrivateFile(file);
    const lock = new DatabaseSync(file, { timeout: ASKER_MS });
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      lock.close();
      if (!isBusy(error)) throw error;
      throw new AppError(
        'data-in-use',
        `Another Jobdeck has ${directory} open: close it, or use another data directory.`,
        { cause: error },
      );
    }
    held.add(lock);
    return () => {
      held.delete(lock);
      lock.close();
    };
  });
}
