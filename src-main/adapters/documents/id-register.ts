/** Which ids were there before, in files of any number of documents: kept on the disk where they are many. */
import { DatabaseSync } from 'node:sqlite';
import { explained } from '../journal/sqlite-error.ts';

export interface IdRegister {
  /** Where the id was first, or null where this is its first place. */
  firstPlace(id: string, place: string): string | null;
  close(): void;
}

const NAME = 'The temporary file of the ids';
/** So many together are written at once. */
const PER_TRANSACTION = 10_000;

/** As the spool of an import, a temporary database that a crash leaves nothing of. */
export function openIdRegister(): IdRegister {
  const sqlite = explained(NAME, () => {
    const opened = new DatabaseSync('');
    opened.exec('PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -16384');
    opened.exec('CREATE TABLE ids (id TEXT PRIMARY KEY, place TEXT NOT NULL) WITHOUT ROWID; BEGIN');
    return opened;
  });
  const insert = sqlite.prepare('INSERT INTO ids (id, place) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const find = sqlite.prepare('SELECT place FROM ids WHERE id = ?');
  let written = 0;

  return {
    firstPlace: (id, place) =>
      explained(NAME, () => {
        if (insert.run(id, place).changes === 0) return String(find.get(id)?.place);
        if (++written % PER_TRANSACTION === 0) sqlite.exec('COMMIT; BEGIN');
        return null;
      }),
    close: () => sqlite.close(),
  };
}
