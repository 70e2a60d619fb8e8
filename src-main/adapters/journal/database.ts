/** Opens the one database of a data directory: journal, settings and profile share its durable commits. */
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '#shared/app-error.ts';
import { MIGRATIONS } from './migrations.ts';
import { makePrivateFile } from './private-file.ts';
import { explain, explained } from './sqlite-error.ts';

/** How long a reader from outside may hold us up. It blocks the process, so it is short. */
const BUSY_TIMEOUT_MS = 1000;

export interface Database {
  readonly file: string;
  readonly sqlite: DatabaseSync;
  /** All of `action` or nothing of it, synced to disk on return. */
  transaction<T>(action: () => T): T;
  close(): void;
}

/**
 * Opens or makes `file`, readable by its owner alone.
 * @throws AppError `unsupported` where a newer version wrote it, `disk-full`, or `io`
 */
export function openDatabase(file: string): Database {
  return explained(file, () => {
    // SQLite gives the companions of a file (-wal, -shm) its mode.
    makePrivateFile(file);
    const sqlite = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
    try {
      sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
      const database: Database = {
        file,
        sqlite,
        transaction: (action) => inTransaction(file, sqlite, action),
        close: () => sqlite.close(),
      };
      migrate(database);
      return database;
    } catch (error) {
      sqlite.close();
      throw error;
    }
  });
}

function inTransaction<T>(file: string, sqlite: DatabaseSync, action: () => T): T {
  return explained(file, () => {
    sqlite.exec('BEGIN IMMEDIATE');
    try {
      const result = action();
      sqlite.exec('COMMIT');
      return result;
    } catch (error) {
      // Some failures, such as a full disk, have rolled back by themselves.
      if (sqlite.isTransaction) sqlite.exec('ROLLBACK');
      throw explain(file, error);
    }
  });
}

function migrate({ file, sqlite, transaction }: Database): void {
  const version = Number(sqlite.prepare('PRAGMA user_version').get()?.user_version);
  if (version > MIGRATIONS.length) {
    throw new AppError(
      'unsupported',
      `${file} was written by a newer Jobdeck (its version is ${version}, this one knows up to ${MIGRATIONS.length}): use that one.`,
    );
  }
  for (const [from, step] of MIGRATIONS.entries()) {
    if (from < version) continue;
    transaction(() => sqlite.exec(`${step}; PRAGMA user_version = ${from + 1};`));
  }
}
