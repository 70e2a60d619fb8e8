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
      deliveries:
        'id, jobId, [updatedAtMs+id], [state+updatedAtMs+id], [host+updatedAtMs+id], [host+state+updatedAtMs+id], *words',
    },
  },
  {
    // Rows move from `jobs` to `history` in transactions of their own, after this (`move-old-rows.ts`): one that
    // rewrote a million rows, or made six indexes of them, would hold the window for minutes and may end it.
    version: 3,
    stores: {
      history:
        'key, &id, importId, [listed+createdAtMs+key], [bucket+status+createdAtMs+key], [bucket+kindKey+createdAtMs+key], [bucket+nameKey+key], [bucket+durationMs+key], [bucket+endedAtMs+key], *words',
      facets: 'name, [group+count]',
      imports: 'id, state',
      replaced: '[importId+id], importId',
      views: 'id, place',
    },
  },
  {
    // What an import brought is found by its words: another index of it cost every row an entry.
    version: 4,
    stores: {
      history:
        'key, &id, [listed+createdAtMs+key], [bucket+status+createdAtMs+key], [bucket+kindKey+createdAtMs+key], [bucket+nameKey+key], [bucket+durationMs+key], [bucket+endedAtMs+key], *words',
    },
  },
];
