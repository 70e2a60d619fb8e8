/** A folder of files, and imports of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type {
  ImportedDocument,
  ImportFilter,
  ImportOpened,
  ImportPage,
  ImportProgress,
} from '#shared/contract/documents.ts';
import { parseJson } from '#shared/json/parse-json.ts';
import type { Imports } from '../../../src-main/adapters/documents/import-session.ts';

export const NOW = '2026-12-01T00:00:00.000Z';
export const idOf = (n: number): string =>
  `job-${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
/** A document that needs no repair, as a line. */
export const line = (n: number, rest = ''): string => `{"id":"${idOf(n)}","created_at":"${NOW}"${rest}}\n`;

/** The folder of the test that runs; absolute. */
export let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobdeck-import-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

export async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

/** Waits until an import is read, or can't be read on. */
export function readThrough(imports: Imports, opened: Promise<ImportOpened>): Promise<ImportProgress> {
  return new Promise((resolve, reject) => {
    const told: ImportProgress[] = [];
    let importId: string | null = null;
    const look = () => {
      const last = told.find((progress) => progress.importId === importId && progress.state !== 'reading');
      if (last === undefined) return;
      stop();
      resolve(last);
    };
    const stop = imports.onProgress((progress) => {
      told.push(progress);
      look();
    });
    opened.then((answer) => {
      importId = answer.importId;
      look();
    }, reject);
  });
}

export function documentsOf({ documents }: ImportPage): ImportedDocument[] {
  return parseJson(documents) as ImportedDocument[];
}

export async function readAll(
  imports: Imports,
  importId: string,
  filter: ImportFilter = 'all',
  limit = 2,
): Promise<ImportedDocument[]> {
  const all: ImportedDocument[] = [];
  for (let after: number | null = -1; after !== null; ) {
    const page: ImportPage = await imports.readPage({ importId, filter, after, limit });
    const documents = documentsOf(page);
    if (documents.length > limit) throw new Error(`Expected at most ${limit} documents in a page.`);
    all.push(...documents);
    after = page.next;
  }
  return all;
}
