/** Histories that earlier versions wrote: the application brings them to its own, and makes a backup first. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, test } from './support/app.ts';
import { dataDirectory, line } from './support/window.ts';

interface FrozenHistory {
  version: number;
  /** As Dexie describes stores. */
  stores: Record<string, string>;
  rows: Record<string, { name?: string; listed?: 0 | 1; tags?: string[] }[]>;
}

for (const version of [1, 2, 3]) {
  test(`a history of version ${version} is all there, with a backup of how it was`, async ({ launchApp }) => {
    const app = await launchApp();
    const { page } = app;
    await expect(page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible();
    const old = frozen(version);
    await plant(page, old);
    await page.reload();

    const jobs = old.rows[version < 3 ? 'jobs' : 'history'] ?? [];
    const listed = jobs.filter((row) => row.listed === 1);
    expect(listed.length).toBeGreaterThan(2);
    await expectListed(page, listed);
    const folder = join(await dataDirectory(app), 'backups');
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([expect.stringContaining('-migration-')]);

    await page.getByRole('combobox', { name: 'Search jobs' }).fill('tag:photos');
    await expectListed(
      page,
      listed.filter(({ tags }) => tags?.includes('photos')),
    );
    await page.getByRole('combobox', { name: 'Search jobs' }).fill('');
    await page.reload();
    await expectListed(page, listed);
    expect(readdirSync(folder)).toHaveLength(1);
  });
}

/** These jobs, and no others. Several may be called the same. */
async function expectListed(page: Page, rows: readonly { name?: string }[]): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Jobs' });
  await expect(grid).toHaveAttribute('aria-rowcount', String(rows.length + 1));
  for (const { name = '' } of rows) {
    await expect(line(page, name)).toHaveCount(rows.filter((row) => row.name === name).length);
  }
}

function frozen(version: number): FrozenHistory {
  const file = new URL(`../fixtures/history-version-${version}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as FrozenHistory;
}

/**
 * Puts such a history in the place of the one that the page has open, and keeps it from being opened until the page is
 * left: one request is right behind the other, and what the page asks for meanwhile waits for both.
 */
function plant(page: Page, { version, stores, rows }: FrozenHistory): Promise<void> {
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
