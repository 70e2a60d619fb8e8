/** Files that SQLite is to open, made before it does so that they are for their owner alone. */
import { closeSync, openSync } from 'node:fs';
import { hasCode } from '../process/system-error.ts';

/**
 * Makes an empty file where there is none. One that exists is not even opened: closing it would drop every lock
 * that this process has on it (https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
 */
export function makePrivateFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}
