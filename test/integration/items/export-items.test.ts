import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { errorPathOf, exportItems } from '../../../src-main/adapters/items/export-items.ts';

const FIRST = 'job-00000001-0000-4000-8000-000000000000' as JobId;
const AGAIN = 'job-00000002-0000-4000-8000-000000000000' as JobId;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'jobdeck-export-'));
  return () => rmSync(directory, { recursive: true, force: true });
});

function record(index: number, part: Partial<ItemRecord>): ItemRecord {
  const item = { custom_id: `row-${index}` };
  return {
    ...{ index, item, status: 'completed', attempts: 1, duration_ns: 5, ttft_ns: null },
    ...{ result: {}, error: null },
    ...part,
  };
}

function storeOf(batches: ReadonlyMap<JobId, readonly ItemRecord[]>) {
  return {
    isLoaded: (id: JobId) => batches.has(id),
    page: (id: JobId, _status: unknown, after: number | null, limit: number) =>
      (batches.get(id) ?? []).filter(({ index }) => index > (after ?? -1)).slice(0, limit),
  };
}

const failed = {
  status: 'failed',
  error: { code: 'exit-code', message: 'The program ended with exit code 1.' },
} as const;
const batches = new Map([
  [FIRST, [record(0, {}), record(1, failed), record(2, failed)]],
  [AGAIN, [record(1, { duration_ns: 9 }), record(2, failed)]],
]);

describe('exporting the results of a chain', () => {
  it('writes the newest result of each item, once', async () => {
    const path = join(directory, 'results.ndjson');
    const report = await exportItems(
      { jobIds: [FIRST, AGAIN], format: 'ndjson', path },
      { items: storeOf(batches), outputPath: async () => null },
    );
    expect(report).toMatchObject({ paths: [path], count: 3 });
    const lines = (await readFile(path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ job_id, index, status }) => [job_id, index, status])).toEqual([
      [FIRST, 0, 'completed'],
      [AGAIN, 1, 'completed'],
      [AGAIN, 2, 'failed'],
    ]);
  });

  it('writes a row an item as CSV, with the fields of items in columns of their own', async () => {
    const path = join(directory, 'results.csv');
    const items = storeOf(
      new Map([
        [
          FIRST,
          [
            record(0, { item: { url: '=1+1', size: 3, more: { deep: [] } }, result: { stdout: 'a\n"b"' } }),
            record(1, { ...failed, item: { url: 'x', other: true } }),
            record(2, { item: 'text' }),
          ],
        ],
      ]),
    );
    const report = await exportItems(
      { jobIds: [FIRST], format: 'csv', path },
      { items, outputPath: async () => null },
    );
    expect(report).toMatchObject({ paths: [path], count: 3, sizeBytes: (await stat(path)).size });
    const rows = parse<Record<string, string>>(readFileSync(path), { bom: true, columns: true });
    expect(rows).toMatchObject([
      {
        index: '0',
        status: 'completed',
        stdout: 'a\n"b"',
        'item.url': "'=1+1",
        'item.size': '3',
        'item.more': '{"deep":[]}',
      },
      {
        index: '1',
        error_code: 'exit-code',
        item: '{"url":"x","other":true}',
        'item.url': 'x',
        'item.size': '',
      },
      { index: '2', item: 'text', 'item.url': '' },
    ]);
  });

  it('has its header as CSV where there is no item', async () => {
    const path = join(directory, 'results.csv');
    const items = storeOf(new Map([[FIRST, []]]));
    await exportItems({ jobIds: [FIRST], format: 'csv', path }, { items, outputPath: async () => null });
    expect(parse(readFileSync(path), { bom: true })).toEqual([expect.arrayContaining(['job_id', 'item'])]);
  });

  it('compresses both files of an OpenAI batch', async () => {
    const path = join(directory, 'answers.jsonl.gz');
    const sources = { items: storeOf(batches), outputPath: async () => null };
    const report = await exportItems({ jobIds: [FIRST], format: 'openai-batch', path }, sources, {
      isGzip: true,
    });
    expect(report.paths[1]).toBe(join(directory, 'answers.errors.jsonl.gz'));
    expect(gunzipSync(readFileSync(report.paths[1] ?? '')).toString()).toContain('"custom_id":"row-1"');
  });

  it('writes the errors of an OpenAI batch beside its answers', async () => {
    const path = join(directory, 'answers.jsonl');
    const answered = { result: { status_code: 200, request_id: 'r', body: { id: 'chatcmpl-1' } } };
    const items = storeOf(new Map([[FIRST, [record(0, answered), record(1, failed)]]]));
    const report = await exportItems(
      { jobIds: [FIRST], format: 'openai-batch', path },
      { items, outputPath: async () => null },
    );
    expect(report).toMatchObject({ paths: [path, errorPathOf(path)], count: 2 });
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
      custom_id: 'row-0',
      response: { body: { id: 'chatcmpl-1' } },
    });
    expect(JSON.parse(await readFile(errorPathOf(path), 'utf8'))).toMatchObject({
      custom_id: 'row-1',
      response: null,
      error: { code: 'exit-code' },
    });
  });

  it('takes long embeddings from the output file, and no text of a model for a body', async () => {
    const path = join(directory, 'answers.jsonl');
    const stdout = join(directory, 'stdout');
    writeFileSync(stdout, JSON.stringify({ object: 'list', data: [] }));
    const long = { status_code: 200, request_id: 'r' };
    const items = storeOf(
      new Map([
        [FIRST, [record(0, { result: long }), record(1, { result: { ...long, finish_reason: 'stop' } })]],
      ]),
    );
    await exportItems(
      { jobIds: [FIRST], format: 'openai-batch', path },
      { items, outputPath: async () => stdout },
    );
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      custom_id: 'row-0',
      response: { body: { object: 'list' } },
    });
    expect(JSON.parse(readFileSync(errorPathOf(path), 'utf8'))).toMatchObject({
      custom_id: 'row-1',
      error: { code: 'body_not_kept' },
    });
  });

  it('says which items are no longer kept, and makes no file', async () => {
    const path = join(directory, 'results.ndjson');
    const missing = 'job-00000009-0000-4000-8000-000000000000' as JobId;
    const exporting = exportItems(
      { jobIds: [FIRST, missing], format: 'ndjson', path },
      { items: storeOf(batches), outputPath: async () => null },
    );
    await expect(exporting).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(missing),
    });
    await expect(readFile(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

it.each([
  ['/a/answers.jsonl', '/a/answers.errors.jsonl'],
  ['/a/my.answers.jsonl.gz', '/a/my.answers.errors.jsonl.gz'],
  ['/a/answers', '/a/answers.errors'],
])('the errors of %s are in %s', (path, expected) => {
  expect(errorPathOf(path)).toBe(join(expected));
});
