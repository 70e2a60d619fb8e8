import type { JobdeckDatabase } from './database.ts';

/**
 * Calls once where the browser closes an open history by itself, as it does where the storage turns out to be damaged
 * or is deleted. The history stays closed: opened again it would be a new and empty one, which hears from the runner
 * and so is never brought back from a backup.
 * @returns ends the watching
 */
export function whenClosed(db: JobdeckDatabase, onClosed: () => void): () => void {
  let isClosed = false;
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    // Dexie, which is just closing it, leaves it to open itself at its next use.
    queueMicrotask(() => {
      db.close();
      onClosed();
    });
  };
  db.on('close', close);
  return () => db.on('close').unsubscribe(close);
}
