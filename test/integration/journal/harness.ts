/** A journal on disk, in a temporary folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openDatabase } from '../../../src-main/adapters/journal/database.ts';
import {
  createSqliteJournal,
  type JournalOptions,
  type SqliteJournal,
} from '../../../src-main/adapters/journal/sqlite-journal.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'jobdeck-journal-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
  return directory;
}

export interface JournalOnDisk {
  file: string;
  journal: SqliteJournal;
  /** What the journal reported. */
  problems: string[];
  /** SQL beside the journal, on its connection. */
  sql(statements: string): void;
  rows(query: string): Record<string, unknown>[];
  close(): void;
}

/** Closed when the test ends. */
export function openJournal(
  directory: string = temporaryDirectory(),
  options: Pick<JournalOptions, 'keepsEnded'> = {},
): JournalOnDisk {
  const file = join(directory, 'journal.sqlite');
  const database = openDatabase(file);
  const problems: string[] = [];
  const journal = createSqliteJournal(database, {
    ...options,
    isJob,
    onProblem: (error) => problems.push(error.message),
  });
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    journal.close();
    database.close();
  };
  onTestFinished(close);
  return {
    file,
    journal,
    problems,
    sql: (statements) => database.sqlite.exec(statements),
    rows: (query) => database.sqlite.prepare(query).all(),
    close,
  };
}

/** Resolves when the journal's housekeeping, which is done a step a turn, is over. */
export async function swept({ journal, rows }: Pick<JournalOnDisk, 'journal' | 'rows'>): Promise<void> {
  const isDone = () =>
    Number(rows("SELECT value FROM meta WHERE key = 'swept'")[0]?.value ?? 0) >= journal.floor();
  do await new Promise((resolve) => setImmediate(resolve));
  while (!isDone());
}
