import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ImportProgress } from '#shared/contract/documents.ts';
import { createImports, type ImportOptions } from '../../../src-main/adapters/documents/import-session.ts';
import { beginImport } from '../../../src-main/adapters/documents/open-import.ts';
import { documentsOf, file, folder, idOf, line, NOW, readAll, readThrough } from './import-bench.ts';

const create = (limits?: Partial<ImportOptions>) => createImports(() => NOW, limits);

describe('an import', () => {
  it('counts what comes in as it is, repaired and not at all, and gives all of it page by page', async () => {
    const imports = create();
    const good = await file('good.ndjson', line(1) + line(2) + line(3));
    const bad = await file(
      'bad.json',
      `[\n${line(4).trim()},\n{"id":"x"},\n${line(5, ',"user_id":1').trim()}\n]`,
    );
    const read = await readThrough(imports, imports.openImport([good, bad]));
    expect(read).toMatchObject({ state: 'read', counts: { total: 6, valid: 4, repaired: 1, invalid: 1 } });
    expect(read.bytesRead).toBe(read.totalBytes);
    const documents = await readAll(imports, read.importId);
    expect(documents.map((d) => [d.place, d.file, d.line, d.index, d.job?.id, d.outcome])).toEqual([
      [0, 'good.ndjson', 1, 0, idOf(1), 'unknown'],
      [1, 'good.ndjson', 2, 1, idOf(2), 'unknown'],
      [2, 'good.ndjson', 3, 2, idOf(3), 'unknown'],
      [3, 'bad.json', 2, 0, idOf(4), 'unknown'],
      [4, 'bad.json', 3, 1, undefined, 'invalid'],
      [5, 'bad.json', 4, 2, idOf(5), 'unknown'],
    ]);
    await imports.closeAll();
  });

  it('answers with its files before it has read them, and tells of its progress and its end', async () => {
    const imports = create();
    const told: ImportProgress[] = [];
    imports.onProgress((progress) => told.push(progress));
    const opened = await imports.openImport([await file('a.ndjson', line(1))]);
    expect(opened.files).toEqual([{ name: 'a.ndjson', sizeBytes: line(1).length }]);
    expect(told).toEqual([]);
    expect(await imports.progress(opened.importId)).toMatchObject({ state: 'reading', bytesRead: 0 });
    await expect.poll(() => told.at(-1)?.state).toBe('read');
    await imports.closeAll();
  });

  it('gives a document without an id the same new one each time its page is read', async () => {
    const imports = create();
    const { importId } = await readThrough(imports, imports.importText('dropped', '{}\n{"job_type":"run"}'));
    const first = await readAll(imports, importId);
    expect(await readAll(imports, importId, 'all', 100)).toEqual(first);
    expect(first.map(({ job }) => job?.id.slice(0, 4))).toEqual(['job-', 'run-']);
    await imports.closeAll();
  });

  it('refuses the second document with the same id, in whichever file, and names the first', async () => {
    const imports = create();
    const paths = [await file('a.ndjson', line(1) + line(2)), await file('b.ndjson', line(2) + line(3))];
    const { importId, counts } = await readThrough(imports, imports.openImport(paths));
    expect(counts).toEqual({ total: 4, valid: 3, repaired: 0, invalid: 1 });
    expect(await readAll(imports, importId, 'invalid')).toMatchObject([
      {
        place: 2,
        file: 'b.ndjson',
        valid: false,
        job: null,
        errors: [
          {
            path: '/id',
            message: `Expected each id once in an import, got "${idOf(2)}" again (first in a.ndjson, line 2).`,
          },
        ],
      },
    ]);
    await imports.closeAll();
  });

  it('pages by what it was told of the history, and is told only of what comes in', async () => {
    const imports = create();
    const text = [line(1), line(2, ',"user_id":1'), '{"id":"x"}\n', line(3)].join('');
    const { importId } = await readThrough(imports, imports.importText('t', text));
    await imports.tellOutcomes({
      importId,
      outcomes: [
        { place: 0, outcome: 'conflict' },
        { place: 3, outcome: 'new' },
      ],
    });
    const places = async (filter: Parameters<typeof readAll>[2]) =>
      (await readAll(imports, importId, filter, 1)).map(({ place }) => place);
    expect(await places('conflict')).toEqual([0]);
    expect(await places('new')).toEqual([3]);
    expect(await places('unknown')).toEqual([1]);
    expect(await places('repaired')).toEqual([1]);
    expect(await places('invalid')).toEqual([2]);
    expect(await places('all')).toEqual([0, 1, 2, 3]);
    await imports.tellOutcomes({ importId, outcomes: [{ place: 0, outcome: 'same' }] });
    expect(await places('same')).toEqual([0]);
    for (const place of [2, 4]) {
      await expect(
        imports.tellOutcomes({
          importId,
          outcomes: [
            { place: 3, outcome: 'same' },
            { place, outcome: 'new' },
          ],
        }),
      ).rejects.toMatchObject({ code: 'bad-request' });
    }
    // All of it or nothing.
    expect(await places('new')).toEqual([3]);
    await imports.closeAll();
  });

  it('reports what does not come in, with the repairs that are refused', async () => {
    const imports = create();
    const text = [line(1), line(2, ',"user_id":1'), '{"id":"x"}\n', line(3, ',"callback_url":"None"')].join(
      '',
    );
    const { importId } = await readThrough(imports, imports.importText('t', text));
    const report = join(folder, 'report.ndjson');
    const lines = async () =>
      (await readFile(report, 'utf8'))
        .trimEnd()
        .split('\n')
        .map((each) => JSON.parse(each));
    expect(await imports.writeReport(importId, [], report)).toBe(1);
    expect(await lines()).toMatchObject([{ file: 't', line: 3, id: 'x', errors: [{ path: '/id' }] }]);
    expect(await imports.writeReport(importId, ['unknown-keys', 'callback-none'], report)).toBe(3);
    expect((await lines()).map(({ line: at, errors }) => [at, errors.at(-1).message])).toEqual([
      [2, expect.stringMatching(/^Expected it without this repair: Moved "user_id"/u)],
      [3, expect.stringMatching(/^Expected an id/u)],
      [4, 'Expected it without this repair: Read the callback URL "None" as null.'],
    ]);
    await imports.closeAll();
  });

  it('refuses what is not there, and a file that may not be read, each with its path', async () => {
    const imports = create();
    await expect(imports.openImport([join(folder, 'none')])).rejects.toMatchObject({
      code: 'not-found',
      message: `Expected a file at ${join(folder, 'none')}, got none.`,
    });
    const secret = await file('secret.json', '{}');
    await chmod(secret, 0);
    const { importId } = await readThrough(
      imports,
      imports.openImport([secret, await file('b.json', line(1))]),
    );
    const [first, second] = await readAll(imports, importId);
    // To the superuser every file is readable.
    expect(first?.errors.map(({ message }) => message)).toEqual(
      process.getuid?.() === 0
        ? []
        : [`Expected to be allowed to read ${secret}, but the system refuses it.`],
    );
    expect(second).toMatchObject({ file: 'b.json', valid: true });
    await imports.closeAll();
  });

  it('ends a page early where its documents are large', async () => {
    const imports = create({ maxPageLength: 1 });
    const { importId } = await readThrough(imports, imports.importText('t', line(1) + line(2)));
    const page = await imports.readPage({ importId, filter: 'all', after: -1, limit: 1000 });
    expect(documentsOf(page)).toMatchObject([{ index: 0 }]);
    expect(page.next).toBe(0);
    await imports.closeAll();
  });

  it('is forgotten when it is closed, and when too many others are opened', async () => {
    const imports = create({ maxOpen: 2 });
    const opened: string[] = [];
    for (const n of [1, 2, 3]) opened.push((await imports.importText('t', line(n))).importId);
    const [first = '', second = '', third = ''] = opened;
    await expect(imports.progress(first)).rejects.toMatchObject({ code: 'not-found' });
    await imports.close(second);
    await imports.close(second);
    await expect(imports.progress(second)).rejects.toMatchObject({ code: 'not-found' });
    expect(await imports.progress(third)).toMatchObject({ importId: third });
    await imports.closeAll();
  });

  it('ends in the middle of reading when it is closed, and tells no more of itself', async () => {
    const imports = create();
    const states: string[] = [];
    imports.onProgress(({ state }) => states.push(state));
    const path = await file('a.ndjson', Array.from({ length: 20_000 }, (_, n) => line(n)).join(''));
    const { importId } = await imports.openImport([path]);
    while ((await imports.progress(importId)).counts.total === 0) await setImmediate();
    await imports.close(importId);
    expect(states).not.toContain('read');
    await setImmediate();
    expect(states).not.toContain('read');
  });

  it('ends when it is closed also in the middle of a document that goes on', async () => {
    let isOpen = false;
    const chunks = async function* () {
      isOpen = true;
      yield Buffer.from('{"metadata":"');
      try {
        for (;;) yield await setImmediate(Buffer.from('x'));
      } finally {
        isOpen = false;
      }
    };
    const source = { name: 'endless', sizeBytes: 0, path: null, chunks };
    const endless = beginImport([source], NOW, () => {});
    await expect.poll(() => isOpen).toBe(true);
    await endless.close();
    expect(isOpen).toBe(false);
  });

  it('refuses what may never come to an end', async () => {
    await expect(create().openImport(['/dev/zero'])).rejects.toMatchObject({
      code: 'bad-request',
      message: 'Expected a file or a folder, got /dev/zero, which is a pipe or a device.',
    });
  });

  it('leaves room on the disk for others: it says so, keeps what it has read, and goes no further', async () => {
    let free = 1024 ** 3;
    const imports = create({ freeBytes: async () => free });
    const path = await file('a.ndjson', Array.from({ length: 90_000 }, (_, n) => line(n)).join(''));
    imports.onProgress(() => {
      free = 100 * 1024 ** 2;
    });
    const { importId, state, problem, counts } = await readThrough(imports, imports.openImport([path]));
    expect({ state, problem }).toEqual({
      state: 'failed',
      problem: expect.stringMatching(
        /^Expected at least 256 MiB to stay free in .*, got 100 MiB: make room/u,
      ),
    });
    expect(counts.total).toBeLessThan(90_000);
    const last = await imports.readPage({ importId, filter: 'all', after: counts.total - 2, limit: 10 });
    expect(documentsOf(last)).toHaveLength(1);
    await imports.closeAll();
  });
});
