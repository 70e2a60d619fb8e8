/**
 * The versions of the database, oldest first. A version that has been released is never edited: a change is a
 * version of its own, with an `upgrade` that turns the rows of the one before into its own. What an upgrade reads
 * is `unknown`, as an older Jobdeck wrote it.
 */
import type { Transaction } from 'dexie';

export interface Migration {
  version: number;
  /** Only tables whose indexes change; Dexie carries the others over. */
  stores: Record<string, string>;
  upgrade?: (transaction: Transaction) => Promise<void>;
}

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    stores: {
      jobs: 'key, &id, [listed+createdAtMs+key], [bucket+createdAtMs+key], *words',
      counters: 'name',
      meta: 'name',
    },
  },
  {
    version: 2,
    stores: {
      deliveries: 'id, jobId, [updatedAtMs+id], [state+updatedAtMs+id], [host+updatedAtMs+id]',
    },
  },
];
