/** What an export says, an import hears: 10,000 histories, each once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { createDocumentGenerator } from '../../fakes/document-generator.ts';
import { readZip } from '../../fakes/read-zip.ts';
import { temporaryDirectory } from '../journal/harness.ts';
import { imported, open } from './support.ts';

/** Names that V8 takes for each other (`src-shared/json/parse-json.ts`), beside those that the generator has. */
const RENAMED: Readonly<Record<string, string>> = { 'a/b': 'ab\\', 'a~b': 'ab\n', ключ: 'ab"' };

const COUNT = 10_000;
const generator = createDocumentGenerator(20_261_124);
const RECORDS = Array.from({ length: COUNT }, () => tame(generator.record()) as BatchJob);

/** Without leap seconds, which the history has none of: an import reads them as the second before. */
function tame(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tame);
  if (value === '2016-12-31T23:59:60Z') return '2016-12-31T23:59:59Z';
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [RENAMED[name] ?? name, tame(each)]));
}

async function exported(path: string, options: Parameters<typeof open>[1]): Promise<string> {
  const file = await open(path, options);
  for (let at = 0; at < RECORDS.length; at += 777) await file.write(RECORDS.slice(at, at + 777));
  expect(await file.finish()).toMatchObject({ count: COUNT });
  return path;
}

it.each([
  ['array', 'plain'],
  ['ndjson', 'plain'],
  ['ndjson', 'gzip'],
  ['array', 'gzip'],
  ['ndjson', 'folder'],
] as const)(
  '10,000 records as %s, %s, come back as they were, and go out as the same bytes',
  async (format, packing) => {
    const folder = temporaryDirectory();
    const path = await exported(join(folder, packing === 'gzip' ? 'a.ndjson.gz' : 'a.ndjson'), {
      format,
      packing,
    });
    const documents = await imported(path);
    expect(documents.filter(({ valid, repairs }) => !valid || repairs.length > 0)).toEqual([]);
    const jobs = documents.map(({ job }) => job);
    expect(jobs).toEqual(RECORDS);
    const again = join(folder, 'again');
    const file = await open(again, { format });
    await file.write(jobs.filter((job) => job !== null));
    await file.finish();
    const before = await readFile(packing === 'folder' ? join(path, 'jobs.ndjson') : path);
    expect((await readFile(again)).equals(packing === 'gzip' ? gunzipSync(before) : before)).toBe(true);
  },
);

it('a zip file holds the same bytes as the file alone', async () => {
  const folder = temporaryDirectory();
  const plain = await exported(join(folder, 'a.ndjson'), { format: 'ndjson' });
  const zip = await exported(join(folder, 'a.zip'), { format: 'ndjson', packing: 'zip' });
  const [records] = readZip(await readFile(zip));
  expect(records?.content.equals(await readFile(plain))).toBe(true);
});

it('records without callback URLs and values come back valid, every one', async () => {
  const redaction = { callbackUrls: true, metadataValues: true };
  const path = await exported(join(temporaryDirectory(), 'a.ndjson'), { format: 'ndjson', redaction });
  const documents = await imported(path);
  expect(documents).toHaveLength(COUNT);
  expect(documents.filter(({ valid, repairs }) => !valid || repairs.length > 0)).toEqual([]);
  expect(documents.filter(({ job }) => job?.callback_url !== null)).toEqual([]);
  const keysOf = (metadata: object | null | undefined) => (metadata ? Object.keys(metadata) : null);
  expect(documents.map(({ job }) => keysOf(job?.metadata))).toEqual(
    RECORDS.map(({ metadata }) => keysOf(metadata)),
  );
});
