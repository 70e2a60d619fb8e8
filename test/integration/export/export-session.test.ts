import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ExportProgress } from '#shared/contract/exports.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { createExports, type Exports } from '../../../src-main/adapters/export/export-session.ts';
import { createLeftovers, temporaryBeside } from '../../../src-main/adapters/export/leftovers.ts';
import { checkResponse } from '../../../src-main/adapters/validators/index.ts';
import { temporaryDirectory } from '../journal/harness.ts';
import { job, WHOLE } from './support.ts';

const BATCH = 'job-00000001-0000-4000-8000-000000000000' as JobId;
const PLAIN = { format: 'ndjson', packing: 'plain', redaction: WHOLE } as const;
const ITEMS = { jobIds: [BATCH], format: 'ndjson' as const, isGzip: false };

const record = (index: number): ItemRecord => ({
  ...{ index, item: index, status: 'completed', attempts: 1, duration_ns: 5, ttft_ns: null },
  ...{ result: { stdout: 'x'.repeat(300) }, error: null },
});

let data: string;
let folder: string;
/** Called before each page of items is read. */
let onPage: (after: number | null) => void;
beforeEach(() => {
  data = temporaryDirectory();
  folder = temporaryDirectory();
  onPage = () => {};
});

function exportsOver(count = 3): Exports {
  return createExports(
    {
      dataDirectory: data,
      items: {
        isLoaded: (id) => id === BATCH,
        page: (_id, _status, after, limit) => {
          onPage(after);
          const from = (after ?? -1) + 1;
          return Array.from({ length: Math.min(limit, count - from) }, (_, at) => record(from + at));
        },
      },
      outputPath: async () => null,
    },
    (problem) => {
      throw problem;
    },
  );
}

describe('an export', () => {
  it('is written by its handle, and can be shown once it is finished', async () => {
    const exports = exportsOver();
    const path = join(folder, 'jobs.ndjson');
    const { exportId } = await exports.beginJobs(path, PLAIN);
    expect(() => exports.pathOf(exportId)).toThrow(/was finished/u);
    await exports.write(exportId, [job(1)]);
    const report = await exports.finish(exportId);
    expect(report).toMatchObject({ paths: [path], count: 1, files: 0 });
    expect(checkResponse('export:finish', report)).toBeNull();
    expect(exports.pathOf(exportId)).toBe(path);
    await expect(exports.finish(exportId)).rejects.toMatchObject({ code: 'not-found' });
    expect(await readdir(join(data, 'exports'))).toEqual([]);
  });

  it('tells how far it is, of itself alone', async () => {
    const exports = exportsOver();
    const told: ExportProgress[] = [];
    const stop = exports.onProgress((progress) => told.push(progress));
    const one = await exports.beginJobs(join(folder, 'one'), PLAIN);
    const other = await exports.beginJobs(join(folder, 'other'), PLAIN);
    await exports.write(one.exportId, [job(1)]);
    await exports.write(other.exportId, [job(2), job(3)]);
    expect(new Set(told.map(({ exportId }) => exportId))).toEqual(new Set([one.exportId, other.exportId]));
    stop();
    const before = told.length;
    await exports
      .beginJobs(join(folder, 'third'), PLAIN)
      .then(({ exportId }) => exports.write(exportId, [job(4)]));
    expect(told).toHaveLength(before);
    await exports.cancelAll();
    expect(await readdir(folder)).toEqual([]);
  });

  it('that a page forgot is given up when it begins many more', async () => {
    const exports = exportsOver();
    const handles: string[] = [];
    for (let index = 0; index < 9; index++) {
      handles.push((await exports.beginJobs(join(folder, String(index)), PLAIN)).exportId);
    }
    await expect(exports.write(handles[0] ?? '', [job(1)])).rejects.toMatchObject({ code: 'not-found' });
    await exports.write(handles[8] ?? '', [job(1)]);
    expect(await readdir(folder)).toHaveLength(8);
    await exports.cancelAll();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('an export of results', () => {
  it('goes on by itself, and says at its end what it came to', async () => {
    const exports = exportsOver(2000);
    const path = join(folder, 'results.ndjson');
    const { exportId } = await exports.beginItems(path, ITEMS);
    const report = await exports.finish(exportId);
    expect(report).toMatchObject({ paths: [path], count: 2000 });
    expect(checkResponse('export:finish', report)).toBeNull();
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(2001);
    expect(exports.pathOf(exportId)).toBe(path);
  });

  it('that is cancelled leaves what was there', async () => {
    const exports = exportsOver(50_000);
    const path = join(folder, 'results.ndjson');
    await writeFile(path, 'before');
    let cancelled: Promise<void> | undefined;
    let handle = '';
    onPage = (after) => {
      if (after !== null && after > 20_000) cancelled ??= exports.cancel(handle);
    };
    handle = (await exports.beginItems(path, ITEMS)).exportId;
    await expect(exports.finish(handle)).rejects.toMatchObject({ code: 'closing' });
    await cancelled;
    expect(await readFile(path, 'utf8')).toBe('before');
    expect(await readdir(folder)).toEqual(['results.ndjson']);
  });

  it('takes no jobs, and says at its end why it failed', async () => {
    const exports = exportsOver();
    const { exportId } = await exports.beginItems(join(folder, 'none', 'results'), ITEMS);
    await expect(exports.write(exportId, [job(1)])).rejects.toMatchObject({ code: 'bad-request' });
    await expect(exports.finish(exportId)).rejects.toMatchObject({ code: 'io' });
    await exports.cancel(exportId);
  });
});

describe('what an earlier run left', () => {
  it('is removed before anything is begun, and nothing but that', async () => {
    const leftovers = createLeftovers(join(data, 'exports'));
    const left = temporaryBeside(join(folder, 'jobs.json'));
    await writeFile(left, 'half');
    await leftovers.remember(left);
    const mine = join(folder, 'mine.json');
    await writeFile(mine, 'mine');
    await leftovers.remember(mine);
    await writeFile(join(data, 'exports', 'cut-off'), left.slice(0, -20));
    const exports = exportsOver();
    const { exportId } = await exports.beginJobs(join(folder, 'new'), PLAIN);
    await exports.cancel(exportId);
    expect(await readdir(folder)).toEqual(['mine.json']);
    expect(await readdir(join(data, 'exports'))).toEqual([]);
  });
});
