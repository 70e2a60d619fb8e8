/** What is known of where callbacks go: origins that were allowed, URLs that are gone. */
import type { DeliveryStore } from '../../core/ports.ts';
import type { Database } from '../journal/database.ts';
import { explained } from '../journal/sqlite-error.ts';

export type CallbackMarks = Pick<DeliveryStore, 'isAllowed' | 'allow' | 'isGone' | 'setGone'>;

export function createCallbackMarks({ file, sqlite, transaction }: Database): CallbackMarks {
  const sql = explained(file, () => ({
    origins: sqlite.prepare('SELECT origin FROM callback_origins'),
    allow: sqlite.prepare('INSERT INTO callback_origins (origin) VALUES (?) ON CONFLICT DO NOTHING'),
    isGone: sqlite.prepare('SELECT 1 FROM callback_gone WHERE url = ?'),
    isAnyGone: sqlite.prepare('SELECT 1 FROM callback_gone LIMIT 1'),
    addGone: sqlite.prepare('INSERT INTO callback_gone (url) VALUES (?) ON CONFLICT DO NOTHING'),
    removeGone: sqlite.prepare('DELETE FROM callback_gone WHERE url = ?'),
  }));
  /** Asked before each attempt. They are few: a person has allowed each of them. */
  const allowed = explained(file, () => new Set(sql.origins.all().map(({ origin }) => String(origin))));
  /** Mostly there are none, and nothing is to be looked up. */
  let isAnyGone = explained(file, () => sql.isAnyGone.get() !== undefined);
  const isGone = (url: string) => isAnyGone && explained(file, () => sql.isGone.get(url) !== undefined);

  return {
    isAllowed: (origin) => allowed.has(origin),
    allow(origins) {
      // Mostly they are known already, and nothing is to be written.
      const added = origins.filter((origin) => !allowed.has(origin));
      if (added.length === 0) return;
      transaction(() => {
        for (const origin of added) sql.allow.run(origin);
      });
      for (const origin of added) allowed.add(origin);
    },
    isGone,
    setGone(url, gone) {
      if (gone === isGone(url)) return;
      isAnyGone = true;
      transaction(() => void (gone ? sql.addGone : sql.removeGone).run(url));
    },
  };
}
