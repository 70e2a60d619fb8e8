/**
 * The records of a backup while a person looks at them, and while they come in: a temporary database of SQLite, so that
 * memory does not grow with them and nothing that becomes of the file meanwhile matters. A crash leaves nothing of it
 * (https://sqlite.org/tempfiles.html).
 */
import { DatabaseSync } from 'node:sqlite';
import { BACKUP_KINDS, type BackupKind, type BackupRecord } from '#shared/contract/backups.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { explained } from '../journal/sqlite-error.ts';
import { parseLine } from './backup-format.ts';
import { createIdSet } from './id-set.ts';

export interface BackupSpool {
  /** @throws AppError `disk-full`, `io`, as all others */
  add(records: readonly BackupRecord[]): void;
  /** At most `limit`, and no more once they are `MAX_PAGE_LENGTH` long. */
  page(kind: BackupKind, after: number, limit: number): { records: BackupRecord[]; next: number | null };
  /** Of these, those of which there is no job. */
  lacking(ids: readonly JobId[]): JobId[];
  close(): void;
}

const NAME = 'The temporary file of the backup';
const CACHE_KIB = 8 * 1024;
/** Characters. */
const MAX_PAGE_LENGTH = 1024 * 1024;
const SCHEMA = `
  CREATE TABLE records (place INTEGER PRIMARY KEY, kind INTEGER NOT NULL, record TEXT NOT NULL);
  CREATE INDEX records_by_kind ON records (kind, place);
`;

export function openBackupSpool(): BackupSpool {
  return explained(NAME, () => {
    const sqlite = new DatabaseSync('');
    sqlite.exec(`PRAGMA journal_mode = OFF; PRAGMA cache_size = -${CACHE_KIB}; ${SCHEMA}`);
    return spoolOver(sqlite);
  });
}

function spoolOver(sqlite: DatabaseSync): BackupSpool {
  const insert = sqlite.prepare('INSERT INTO records (place, kind, record) VALUES (?, ?, ?)');
  const select = sqlite.prepare(
    'SELECT place, record FROM records WHERE kind = ? AND place > ? ORDER BY place LIMIT ?',
  );
  const ids = createIdSet();
  let count = 0;

  return {
    add: (records) =>
      explained(NAME, () => {
        sqlite.exec('BEGIN');
        for (const record of records) {
          if (record.kind === 'job') ids.add(record.job.id);
          insert.run(count, BACKUP_KINDS.indexOf(record.kind), JSON.stringify(record));
          count += 1;
        }
        sqlite.exec('COMMIT');
      }),
    page: (kind, after, limit) =>
      explained(NAME, () => {
        const records: BackupRecord[] = [];
        let last = after;
        let length = 0;
        for (const row of select.iterate(BACKUP_KINDS.indexOf(kind), after, limit + 1)) {
          if (records.length === limit || length > MAX_PAGE_LENGTH) return { records, next: last };
          const text = row.record as string;
          records.push(parseLine(text) as BackupRecord); // it was checked before it was added
          last = row.place as number;
          length += text.length;
        }
        return { records, next: null };
      }),
    lacking: (asked) => asked.filter((id) => !ids.has(id)),
    close: () => sqlite.close(),
  };
}
