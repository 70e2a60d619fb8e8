/** What is known of where callbacks go: origins that were allowed, URLs that are gone. */
import type { DeliveryStore } from '../../core/ports.ts';
import type { Database } from '../journal/database.ts';
import { explained } from '../journal/sqlite-error.ts';

export type CallbackMarks = Pick<DeliveryStore, 'isAllowed' | 'allow' | 'isGone' | 'setGone'>;

export function createCallbackMarks({ file, sqlite, transaction }: Database): CallbackMarks {
  const sql = explained(file, () => ({
    isAllowed: sqlite.prepare('SELECT 1 FROM callback_origins WHERE origin = ?'),
    allow: sqlite.prepare('INSERT INTO callback_origins (origin) VALUES (?) ON CONFLICT DO NOTHING'),
    isGone: sqlite.prepare('SELECT 1 FROM callback_gone WHERE url = ?'),
    addGone: sqlite.prepare('INSERT INTO callback_gone (url) VALUES (?) ON CONFLICT DO NOTHING'),
    removeGone: sqlite.prepare('DELETE FROM callback_gone WHERE url = ?'),
  }));
  const isAllowed = (origin: string) => explained(file, () => sql.isAllowed.get(origin) !== undefined);
  const isGone = (url: string) => explained(file, () => sql.isGone.get(url) !== undefined);

  return {
    isAllowed,
    allow(origins) {
      // Mostly they are known already, and nothing is to be written.
      const added = origins.filter((origin) => !isAllowed(origin));
      if (added.length === 0) return;
      transaction(() => {
        for (const origin of added) sql.allow.run(origin);
      });
    },
    isGone,
    setGone(url, gone) {
      if (gone === isGone(url)) return;
      transaction(() => void (gone ? sql.addGone : sql.removeGone).run(url));
    },
  };
}
