/** Asking the browser not to clear this window's storage when the disk runs short. */
import type { JobdeckDatabase } from './database.ts';

/** True where the browser keeps the history, come what may; null where it does not say. */
export type StorageKept = boolean | null;

/** Asks once, and again only while the answer is no. The answer is kept for `storageKept`. */
export async function askToKeepStorage(
  db: JobdeckDatabase,
  storage: Pick<StorageManager, 'persist' | 'persisted'> | undefined = navigator.storage,
): Promise<StorageKept> {
  const value = storage === undefined ? null : (await storage.persisted()) || (await storage.persist());
  await db.meta.put({ name: 'storage-kept', value });
  return value;
}

/** What was answered last. */
export async function storageKept(db: JobdeckDatabase): Promise<StorageKept> {
  const row = await db.meta.get('storage-kept');
  return row?.name === 'storage-kept' ? row.value : null;
}
