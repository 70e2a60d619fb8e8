import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { openExport } from '../../../src-main/adapters/documents/export-file.ts';
import { createImports } from '../../../src-main/adapters/documents/import-session.ts';
import { JOB } from '../../unit/adapters/validators/samples.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobdeck-export-'));
  path = join(folder, 'jobs.json');
});
afterEach(() => rm(folder, { recursive: true }));

const job = (n: number, rest: Partial<BatchJob> = {}): BatchJob => ({
  ...JOB,
  id: `job-${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000` as BatchJob['id'],
  ...rest,
});
const text = () => readFile(path, 'utf8');

describe('an export', () => {
  it('holds one record a line as NDJSON, in the order of the schema whatever the order they came in', async () => {
    const shuffled = Object.fromEntries(Object.entries(job(1)).reverse()) as unknown as BatchJob;
    const file = await openExport(path, 'ndjson');
    await file.write([shuffled]);
    await file.write([]);
    await file.write([job(2), job(3)]);
    const report = await file.finish();
    expect(await text()).toBe([1, 2, 3].map((n) => `${JSON.stringify(job(n))}\n`).join(''));
    expect(report).toEqual({ path, count: 3, sizeBytes: (await stat(path)).size });
  });

  it.each([
    [0, '[]\n'],
    [1, `[\n${JSON.stringify(job(0))}\n]\n`],
    [2, `[\n${JSON.stringify(job(0))},\n${JSON.stringify(job(1))}\n]\n`],
  ])('of %i records is a list that any JSON reader reads', async (count, expected) => {
    const file = await openExport(path, 'array');
    for (let n = 0; n < count; n++) await file.write([job(n)]);
    await file.finish();
    expect(await text()).toBe(expected);
    expect(JSON.parse(await text())).toHaveLength(count);
  });

  it.each(['array', 'ndjson'] as const)(
    'as %s gives the same bytes again after an import',
    async (format) => {
      const file = await openExport(path, format);
      await file.write([job(1), job(2, { metadata: { 'ключ \u0000': ['"\\', 1e-7, { deep: [[]] }] } })]);
      await file.finish();
      const before = await readFile(path);
      const imports = createImports(() => '2026-12-01T00:00:00Z');
      const { importId, counts } = await imports.openImport([path]);
      expect(counts).toEqual({ total: 2, valid: 2, repaired: 0, invalid: 0 });
      const { documents } = await imports.readPage(importId, 0, 10);
      const again = await openExport(path, format);
      await again.write(documents.map((document) => document.job as BatchJob));
      await again.finish();
      expect(await readFile(path)).toEqual(before);
    },
  );

  it('leaves the file that was there until it is finished, and replaces it then', async () => {
    await writeFile(path, 'before');
    const file = await openExport(path, 'ndjson');
    await file.write([job(1)]);
    expect(await text()).toBe('before');
    await file.finish();
    expect(await text()).toBe(`${JSON.stringify(job(1))}\n`);
    expect(await readdir(folder)).toEqual(['jobs.json']);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    await writeFile(path, 'before');
    const file = await openExport(path, 'array');
    await file.write([job(1)]);
    await file.cancel();
    expect(await readdir(folder)).toEqual(['jobs.json']);
    expect(await text()).toBe('before');
    await expect(file.write([job(2)])).rejects.toMatchObject({ code: 'closing' });
  });

  it('refuses a record that is not valid, and leaves nothing behind', async () => {
    const file = await openExport(path, 'ndjson');
    await file.write([job(1)]);
    await expect(file.write([job(2, { created_at: 'yesterday' })])).rejects.toMatchObject({
      code: 'invalid-document',
      message: expect.stringContaining('at /created_at: Expected a date-time'),
    });
    expect(await readdir(folder)).toEqual([]);
    await expect(file.finish()).rejects.toMatchObject({ code: 'closing' });
  });

  it('keeps its records in order when nobody waits between writes', async () => {
    const file = await openExport(path, 'ndjson');
    await Promise.all(Array.from({ length: 50 }, (_, n) => file.write([job(n)])));
    await file.finish();
    const ids = (await text())
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row).id);
    expect(ids).toEqual(Array.from({ length: 50 }, (_, n) => job(n).id));
  });

  it('says where it could not write when the folder is not there', async () => {
    await expect(openExport(join(folder, 'none', 'jobs.json'), 'array')).rejects.toMatchObject({
      code: 'io',
    });
  });

  it('says that it could not take the place of a folder, and leaves nothing behind', async () => {
    await mkdir(path);
    const file = await openExport(path, 'array');
    await expect(file.finish()).rejects.toMatchObject({ code: 'io' });
    expect(await readdir(folder)).toEqual(['jobs.json']);
  });

  it.runIf(process.platform !== 'win32')('follows a link and keeps who may read the file', async () => {
    const real = join(folder, 'real.json');
    await writeFile(real, 'before');
    await chmod(real, 0o640);
    await symlink(real, path);
    const file = await openExport(path, 'array');
    await file.finish();
    expect(await readFile(real, 'utf8')).toBe('[]\n');
    expect((await stat(real)).mode & 0o777).toBe(0o640);
  });
});
