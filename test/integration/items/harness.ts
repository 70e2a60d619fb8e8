/** An item store on disk, in a temporary folder. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createItemStore, type SqliteItemStore } from '../../../src-main/adapters/items/item-store.ts';
import { openDatabase } from '../../../src-main/adapters/journal/database.ts';
import { temporaryDirectory } from '../journal/harness.ts';

export interface ItemsOnDisk {
  directory: string;
  store: SqliteItemStore;
  /** What the store reported. */
  problems: string[];
  /** SQL beside the store, on its connection. */
  sql(statements: string): void;
  rows(query: string): Record<string, unknown>[];
  close(): void;
}

/** Closed when the test ends. */
export function openItems(directory: string = temporaryDirectory()): ItemsOnDisk {
  const database = openDatabase(join(directory, 'journal.sqlite'));
  const problems: string[] = [];
  const store = createItemStore(database, { onProblem: (error) => problems.push(error.message) });
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    store.close();
    database.close();
  };
  onTestFinished(close);
  return {
    directory,
    store,
    problems,
    sql: (statements) => database.sqlite.exec(statements),
    rows: (query) => database.sqlite.prepare(query).all(),
    close,
  };
}

/** Resolves when nothing of a forgotten batch or of a load that failed is left. */
export async function swept({ rows }: Pick<ItemsOnDisk, 'rows'>): Promise<void> {
  while (rows('SELECT id FROM batches WHERE job_id IS NULL LIMIT 1').length > 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
