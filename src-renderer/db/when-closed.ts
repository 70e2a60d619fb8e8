import type { JobdeckDatabase } from './database.ts';

/**
 * Resolves where the browser closes an open history by itself, as it does where the storage turns out to be damaged or
 * is deleted. To be called as soon as it is open: from then on it stays closed, whatever is still to be written. Opened
 * again it would be a new and empty one, which hears from the runner and so is never brought back from a backup.
 */
export function whenClosed(db: JobdeckDatabase): Promise<void> {
  return new Promise((resolve) => {
    db.once('close', () => {
      // Dexie, which is just closing it, leaves it to open itself at its next use.
      queueMicrotask(() => {
        db.close();
        resolve();
      });
    });
  });
}
