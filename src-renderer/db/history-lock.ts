/** One at a time, in this window and in all others: what must not happen in the middle of something else. */
import type { JobdeckDatabase } from './database.ts';

const chains = new Map<string, Promise<unknown>>();

/**
 * Runs `work` while nobody else holds the lock of this history: applying events and deleting for good. An event that
 * was read before its job was deleted would bring the job back. Not reentrant.
 */
export function withHistoryLock<T>(db: JobdeckDatabase, work: () => Promise<T>): Promise<T> {
  return withLock(`jobdeck-history:${db.name}`, work);
}

/**
 * Runs `work` while nobody else imports, undoes an import, restores, or makes a backup: that would have half of it.
 * The lock of a window that is gone is free: who has it knows that an import that says it is running is not. Not
 * reentrant.
 * @param signal ends the waiting; work that has begun sees to it itself
 */
export function withImportLock<T>(
  db: Pick<JobdeckDatabase, 'name'>,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  return withLock(`jobdeck-import:${db.name}`, work, signal);
}

/** The browser's own lock, which all windows share, where there is one. */
function withLock<T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  if (typeof navigator !== 'undefined' && 'locks' in navigator) {
    return navigator.locks.request(name, signal === undefined ? {} : { signal }, work);
  }
  const turn = (chains.get(name) ?? Promise.resolve()).then(work, work);
  chains.set(name, turn);
  return turn;
}
