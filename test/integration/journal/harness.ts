/** A journal on disk, in a temporary folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { JournalOptions } from '../../../src-main/adapters/journal/sqlite-journal.ts';
import { openTables, type Tables } from './open-tables.ts';

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'jobdeck-journal-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
  return directory;
}

export interface JournalOnDisk extends Tables {
  file: string;
  /** What journal and deliveries reported. */
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
  const problems: string[] = [];
  const tables = openTables(file, (error) => problems.push(error.message), options);
  const { database, journal } = tables;
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    journal.close();
    database.close();
  };
  onTestFinished(close);
  return {
    ...tables,
    file,
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
