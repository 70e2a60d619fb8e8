/** Whether a process has a data directory open. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { explained, isBusy } from '../journal/sqlite-error.ts';

/**
 * Asks the operating system's lock (`data-lock.ts`), which an owner that was killed has no more. It is tried for
 * reading and given back at once.
 * @throws AppError `io`
 */
export function hasOwner(directory: string): boolean {
  const file = join(directory, 'lock.sqlite');
  if (!existsSync(file)) return false;
  return explained(file, () => {
    const lock = new DatabaseSync(file, { timeout: 0, readOnly: true });
    try {
      lock.prepare('SELECT 1 FROM sqlite_master').get();
      return false;
    } catch (error) {
      if (isBusy(error)) return true;
      throw error;
    } finally {
      lock.close();
    }
  });
}
