/** Opens the one database of a data directory: journal, items, queues and settings share its durable commits. */
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '#shared/app-error.ts';
import { createGroupCommit, type GroupedWrite } from './group-commit.ts';
import { MIGRATIONS } from './migrations.ts';
import { makePrivateFile } from './private-file.ts';
import { explain, explained } from './sqlite-error.ts';

/** How long a reader from outside may hold us up. It blocks the process, so it is short. */
const BUSY_TIMEOUT_MS = 1000;

/**
 * After so many pages the log is brought into the file, which holds up the process as a commit does. Of SQLite's own
 * 1000 that was up to 70 ms on a busy disk, of 250 half of it, and no slower as a whole.
 */
const PAGES_PER_CHECKPOINT = 250;

export interface Database {
  readonly file: string;
  readonly sqlite: DatabaseSync;
  /** All of `action` or nothing of it, synced to disk on return. */
  transaction<T>(action: () => T): T;
  /** The same soon, in one commit with what else was written until then; in the order of the calls. */
  write<T>(write: GroupedWrite<T>): Promise<T>;
  /** Commits what waits; what is written later is refused with `closing`. */
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
      sqlite.exec(
        `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = ${PAGES_PER_CHECKPOINT};`,
      );
      const transaction: Database['transaction'] = (action) => inTransaction(file, sqlite, action);
      migrate(file, sqlite, transaction);
      return { file, sqlite, transaction, ...grouped(file, sqlite, transaction) };
    } catch (error) {
      sqlite.close();
      throw error;
    }
  });
}

function grouped(
  file: string,
  sqlite: DatabaseSync,
  transaction: Database['transaction'],
): Pick<Database, 'write' | 'close'> {
  const commits = createGroupCommit(transaction);
  let isClosed = false;
  return {
    async write(write) {
      if (isClosed) throw new AppError('closing', `${file} is closed and takes nothing any more.`);
      return await commits.add(write);
    },
    close() {
      isClosed = true;
      commits.flush();
      sqlite.close();
    },
  };
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

function migrate(file: string, sqlite: DatabaseSync, transaction: Database['transaction']): void {
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
