import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckedDocument } from '#shared/contract/documents.ts';
import {
  createImports,
  type ImportLimits,
  type Imports,
} from '../../../src-main/adapters/documents/import-session.ts';

const NOW = '2026-12-01T00:00:00.000Z';
const id = (n: number) => `job-${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
const line = (n: number, rest = '') => `{"id":"${id(n)}","created_at":"${NOW}"${rest}}\n`;
const imports = (limits?: Partial<ImportLimits>) => createImports(() => NOW, limits);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobdeck-import-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

async function readAll(from: Imports, importId: string, limit = 2): Promise<CheckedDocument[]> {
  const all: CheckedDocument[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = await from.readPage(importId, after, limit);
    expect(page.documents.length).toBeLessThanOrEqual(limit);
    all.push(...page.documents);
    after = page.next;
  }
  return all;
}

describe('an import', () => {
  it('counts what is valid, repairable and wrong, and gives all of it page by page', async () => {
    const session = imports();
    const good = await file('good.ndjson', line(1) + line(2) + line(3));
    const bad = await file(
      'bad.json',
      `[\n${line(4).trim()},\n{"id":"x"},\n${line(5, ',"user_id":1').trim()}\n]`,
    );
    const preview = await session.openImport([good, bad]);
    expect(preview).toMatchObject({
      files: [{ name: 'good.ndjson', sizeBytes: line(1).length * 3 }, { name: 'bad.json' }],
      counts: { total: 6, valid: 4, repaired: 1, invalid: 1 },
    });
    const documents = await readAll(session, preview.importId);
    expect(
      documents.map((document) => [document.file, document.line, document.index, document.job?.id]),
    ).toEqual([
      ['good.ndjson', 1, 0, id(1)],
      ['good.ndjson', 2, 1, id(2)],
      ['good.ndjson', 3, 2, id(3)],
      ['bad.json', 2, 0, id(4)],
      ['bad.json', 3, 1, undefined],
      ['bad.json', 4, 2, id(5)],
    ]);
  });

  it('gives a document without an id the same new one each time its page is read', async () => {
    const session = imports();
    const { importId } = await session.importText('dropped', '{}\n{"job_type":"run"}');
    const first = await readAll(session, importId);
    expect(await readAll(session, importId, 100)).toEqual(first);
    expect(first.map(({ job }) => job?.id.slice(0, 4))).toEqual(['job-', 'run-']);
    expect(first[0]?.repairs.map(({ path }) => path)).toEqual(['/id', '/created_at']);
  });

  it('refuses the second document with the same id, in whichever file, and names the first', async () => {
    const session = imports();
    const paths = [await file('a.ndjson', line(1) + line(2)), await file('b.ndjson', line(2) + line(3))];
    const { importId, counts } = await session.openImport(paths);
    expect(counts).toEqual({ total: 4, valid: 3, repaired: 0, invalid: 1 });
    expect((await readAll(session, importId))[2]).toMatchObject({
      file: 'b.ndjson',
      valid: false,
      job: null,
      errors: [
        {
          path: '/id',
          message: `Expected each id once in an import, got "${id(2)}" again (first in a.ndjson, line 2).`,
        },
      ],
    });
  });

  it('refuses what is not there, a folder, and a file that may not be read, each with its path', async () => {
    const session = imports();
    await expect(session.openImport([join(folder, 'none')])).rejects.toMatchObject({
      code: 'not-found',
      message: `Expected a file at ${join(folder, 'none')}, got none.`,
    });
    await expect(session.openImport([folder])).rejects.toMatchObject({ code: 'bad-request' });
    const secret = await file('secret.json', '{}');
    await chmod(secret, 0);
    // To the superuser every file is readable.
    const outcome = session.openImport([secret]).then(
      () => 'read',
      (error) => error.code,
    );
    expect(await outcome).toBe(process.getuid?.() === 0 ? 'read' : 'io');
  });

  it('refuses more bytes or documents than it can hold', async () => {
    const path = await file('a.ndjson', line(1) + line(2));
    await expect(imports({ maxBytes: 10 }).openImport([path])).rejects.toMatchObject({ code: 'too-large' });
    await expect(imports({ maxDocuments: 1 }).openImport([path])).rejects.toMatchObject({
      code: 'too-large',
      message: 'Expected at most 1 documents in one import, got more: import it in parts.',
    });
  });

  it('ends a page early where its documents are large', async () => {
    const session = imports({ maxPageBytes: 1 });
    const { importId } = await session.importText('t', line(1) + line(2));
    expect(await session.readPage(importId, 0, 1000)).toMatchObject({ documents: [{ index: 0 }], next: 1 });
  });

  it('is forgotten when it is closed, and when too many others are opened', async () => {
    const session = imports({ maxSessions: 2 });
    const opened = [];
    for (const n of [1, 2, 3]) opened.push((await session.importText('t', line(n))).importId);
    const [first = '', second = '', third = ''] = opened;
    await expect(session.readPage(first, 0, 1)).rejects.toMatchObject({ code: 'not-found' });
    session.close(second);
    await expect(session.readPage(second, 0, 1)).rejects.toMatchObject({ code: 'not-found' });
    expect((await session.readPage(third, 0, 1)).documents).toHaveLength(1);
  });

  it('of many megabytes leaves the event loop to others all along', async () => {
    const path = await file(
      'large.ndjson',
      Array.from({ length: 60_000 }, (_, n) => line(n, `,"metadata":{"text":"${'x'.repeat(150)}"}`)).join(''),
    );
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const { counts } = await imports().openImport([path]);
    delay.disable();
    expect(counts).toEqual({ total: 60_000, valid: 60_000, repaired: 0, invalid: 0 });
    // Not a limit on time: were it read in one go, there would be no turns to measure at all.
    expect(delay.count).toBeGreaterThan(10);
  });
});
