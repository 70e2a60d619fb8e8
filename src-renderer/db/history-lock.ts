/**
 * One at a time: applying events and deleting for good. An event that was read before its job was deleted would
 * bring the job back.
 */
import type { JobdeckDatabase } from './database.ts';

const chains = new Map<string, Promise<unknown>>();

/**
 * Runs `work` while nobody else holds the lock of this history: no other window either, where the browser has
 * locks. Not reentrant.
 */
export function withHistoryLock<T>(db: JobdeckDatabase, work: () => Promise<T>): Promise<T> {
  const name = `jobdeck-history:${db.name}`;
  if (typeof navigator !== 'undefined' && 'locks' in navigator) return navigator.locks.request(name, work);
  const turn = (chains.get(name) ?? Promise.resolve()).then(work, work);
  chains.set(name, turn);
  return turn;
}
