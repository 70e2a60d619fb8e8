/** Histories as earlier versions wrote them, put into a window. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';

/** What specs look at of a row; a row of a job has `job`. */
export interface FrozenRow {
  name?: string;
  listed?: 0 | 1;
  tags?: string[];
  job?: { id: string };
}

export interface FrozenHistory {
  version: number;
  /** As Dexie describes stores. */
  stores: Record<string, string>;
  rows: Record<string, FrozenRow[]>;
}

/** The rows that a version of the schema wrote, which never change. */
export function frozen(version: number): FrozenHistory {
  const file = new URL(`../../fixtures/history-version-${version}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as FrozenHistory;
}

/**
 * Puts such a history in the place of the one that the page has open, and keeps it from being opened until the page is
 * left: one request is right behind the other, and what the page asks for meanwhile waits for both.
 */
export function plant(page: Page, { version, stores, rows }: FrozenHistory): Promise<void> {
  const described = Object.entries(stores).map(([name, schema]) => {
    const [key = '', ...indexes] = schema.split(', ');
    return { name, key: pathOf(key), indexes: indexes.map((each) => ({ name: each, path: pathOf(each) })) };
  });
  return page.evaluate(
    ({ version, described, rows }) =>
      new Promise<void>((resolve, reject) => {
        indexedDB.deleteDatabase('jobdeck');
        // Dexie counts in tens.
        const opening = indexedDB.open('jobdeck', version * 10);
        opening.onerror = () => reject(opening.error);
        opening.onupgradeneeded = () => {
          for (const { name, key, indexes } of described) {
            const store = opening.result.createObjectStore(name, { keyPath: key });
            for (const index of indexes) {
              store.createIndex(index.name.replace(/^[&*]/u, ''), index.path, {
                unique: index.name.startsWith('&'),
                multiEntry: index.name.startsWith('*'),
              });
            }
          }
        };
        opening.onsuccess = () => {
          const names = Object.keys(rows);
          const writing = opening.result.transaction(names, 'readwrite');
          for (const name of names) {
            for (const row of rows[name] ?? []) {
              // JSON has no number for what is missing.
              const thawed = Object.entries(row).map(([field, value]) => [
                field,
                (value as unknown) === '-Infinity' ? -Infinity : value,
              ]);
              writing.objectStore(name).add(Object.fromEntries(thawed));
            }
          }
          writing.onerror = () => reject(writing.error);
          writing.oncomplete = () => resolve();
        };
      }),
    { version, described, rows },
  );
}

/** The path of a key or an index as Dexie writes it: `&id`, `*words`, `[bucket+createdAtMs]`. */
function pathOf(text: string): string | string[] {
  const path = text.replace(/^[&*]/u, '');
  return path.startsWith('[') ? path.slice(1, -1).split('+') : path;
}
