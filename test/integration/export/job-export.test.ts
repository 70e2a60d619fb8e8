import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { temporaryDirectory } from '../journal/harness.ts';
import { imported, job, open } from './support.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = temporaryDirectory();
  path = join(folder, 'jobs.json');
});

const text = () => readFile(path, 'utf8');

describe('an export', () => {
  it('holds one record a line as NDJSON, in the order of the schema whatever the order they came in', async () => {
    const shuffled = Object.fromEntries(Object.entries(job(1)).reverse()) as unknown as BatchJob;
    const file = await open(path);
    await file.write([shuffled]);
    await file.write([]);
    await file.write([job(2), job(3)]);
    const report = await file.finish();
    expect(await text()).toBe([1, 2, 3].map((n) => `${JSON.stringify(job(n))}\n`).join(''));
    const sizeBytes = (await stat(path)).size;
    expect(report).toEqual({ count: 3, files: 0, bytes: sizeBytes, sizeBytes });
  });

  it.each([
    [0, '[]\n'],
    [1, `[\n${JSON.stringify(job(0))}\n]\n`],
    [2, `[\n${JSON.stringify(job(0))},\n${JSON.stringify(job(1))}\n]\n`],
  ])('of %i records is a list that any JSON reader reads', async (count, expected) => {
    const file = await open(path, { format: 'array' });
    for (let n = 0; n < count; n++) await file.write([job(n)]);
    await file.finish();
    expect(await text()).toBe(expected);
    expect(JSON.parse(await text())).toHaveLength(count);
  });

  it('as CSV has a row a job, whatever its name holds, and a header where there is none', async () => {
    const name = '=HYPERLINK("http://evil.example"),\n"quoted"';
    const metadata = { jobdeck: { version: 1, name } } as const;
    const file = await open(path, { format: 'csv' });
    await file.write([job(1, { metadata }), job(2)]);
    await file.finish();
    const rows = parse<Record<string, string>>(await readFile(path), { bom: true, columns: true });
    expect(rows.map((row) => row.name)).toEqual([`'${name}`, 'All there is']);
    const empty = await open(path, { format: 'csv' });
    await empty.finish();
    expect(parse(await readFile(path), { bom: true })).toEqual([Object.keys(rows[0] ?? {})]);
  });

  it('as gzip holds the same text, and the same bytes whenever it is made', async () => {
    const jobs = Array.from({ length: 3000 }, (_, n) => job(n));
    for (const name of ['one.gz', 'other.gz']) {
      const file = await open(join(folder, name), { packing: 'gzip' });
      for (let at = 0; at < jobs.length; at += name === 'one.gz' ? 1000 : 700) {
        await file.write(jobs.slice(at, at + (name === 'one.gz' ? 1000 : 700)));
      }
      const { sizeBytes, bytes } = await file.finish();
      expect(sizeBytes).toBe((await stat(join(folder, name))).size);
      expect(sizeBytes).toBeLessThan(bytes / 5);
    }
    const one = await readFile(join(folder, 'one.gz'));
    expect(gunzipSync(one).toString()).toBe(jobs.map((each) => `${JSON.stringify(each)}\n`).join(''));
    expect(one.equals(await readFile(join(folder, 'other.gz')))).toBe(true);
  });

  it('without callback URLs and values is still strictly valid, and says nothing of them', async () => {
    const secret = job(1, {
      callback_url: 'https://hooks.example.org/s3cr3t',
      callback_error: 'connect ECONNREFUSED hooks.example.org',
    });
    const file = await open(path, { redaction: { callbackUrls: true, metadataValues: true } });
    await file.write([secret]);
    await file.finish();
    expect(await text()).not.toMatch(/hooks|s3cr3t|All there is|echo|chatcmpl|The program ended|kept/u);
    const [document] = await imported(path);
    expect(document).toMatchObject({ valid: true, errors: [], repairs: [] });
    expect(document?.job).toMatchObject({
      status: 'failed',
      callback_url: null,
      metadata: { mine: '[removed]', jobdeck: { error: { code: 'exit-code', message: '[removed]' } } },
    });
  });

  it('leaves the file that was there until it is finished, and replaces it then', async () => {
    await writeFile(path, 'before');
    const file = await open(path);
    await file.write([job(1)]);
    expect(await text()).toBe('before');
    await file.finish();
    expect(await text()).toBe(`${JSON.stringify(job(1))}\n`);
    expect(await readdir(folder)).toEqual(['jobs.json']);
    await expect(file.write([job(2)])).rejects.toMatchObject({ code: 'closing' });
  });

  it.each(['plain', 'gzip'] as const)('as %s leaves nothing behind when it is cancelled', async (packing) => {
    await writeFile(path, 'before');
    const file = await open(path, { packing });
    await file.write([job(1)]);
    await file.cancel();
    expect(await readdir(folder)).toEqual(['jobs.json']);
    expect(await text()).toBe('before');
    await expect(file.write([job(2)])).rejects.toMatchObject({ code: 'closing' });
    await file.cancel();
  });

  it('that is cancelled in the middle of a page ends in the middle of it', async () => {
    const file = await open(path);
    const writing = file.write(Array.from({ length: 20_000 }, (_, n) => job(n)));
    const refused = expect(writing).rejects.toMatchObject({ code: 'closing' });
    await file.cancel();
    await refused;
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses a record that is not valid, and leaves nothing behind', async () => {
    const file = await open(path);
    await file.write([job(1)]);
    await expect(file.write([job(2, { created_at: 'yesterday' })])).rejects.toMatchObject({
      code: 'invalid-document',
      message: expect.stringContaining('at /created_at: Expected a date-time'),
    });
    expect(await readdir(folder)).toEqual([]);
    await expect(file.finish()).rejects.toMatchObject({ code: 'closing' });
  });

  it('keeps its records in order when nobody waits between writes', async () => {
    const file = await open(path);
    await Promise.all(Array.from({ length: 50 }, (_, n) => file.write([job(n)])));
    await file.finish();
    const ids = (await text())
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row).id);
    expect(ids).toEqual(Array.from({ length: 50 }, (_, n) => job(n).id));
  });

  it.each(['plain', 'gzip', 'zip', 'folder'] as const)(
    'as %s says where it could not write when the folder is not there',
    async (packing) => {
      await expect(open(join(folder, 'none', 'jobs.json'), { packing })).rejects.toMatchObject({
        code: 'io',
        message: expect.stringContaining(join(folder, 'none', 'jobs.json')),
      });
    },
  );

  it.each(['plain', 'zip'] as const)(
    'as %s says that it could not take the place of a folder, and leaves nothing behind',
    async (packing) => {
      await mkdir(path);
      const file = await open(path, { packing });
      await expect(file.finish()).rejects.toMatchObject({ code: 'io' });
      expect(await readdir(folder)).toEqual(['jobs.json']);
    },
  );

  it.runIf(process.platform !== 'win32').each(['plain', 'zip'] as const)(
    'as %s follows a link and keeps who may read the file',
    async (packing) => {
      const real = join(folder, 'real.json');
      await writeFile(real, 'before');
      await chmod(real, 0o640);
      await symlink(real, path);
      const file = await open(path, { packing });
      await file.finish();
      expect(await readFile(real, 'utf8')).not.toBe('before');
      expect((await stat(real)).mode & 0o777).toBe(0o640);
      expect((await readdir(folder)).sort()).toEqual(['jobs.json', 'real.json']);
    },
  );
});
