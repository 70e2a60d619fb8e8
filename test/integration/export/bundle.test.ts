/** Exports with what jobs printed: a folder and a zip file over real output files and a real item store. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { bundledFilesOf } from '../../../src-main/adapters/export/bundled-files.ts';
import type { JobExportContext } from '../../../src-main/adapters/export/job-export.ts';
import { attemptDirectory, nameFor } from '../../../src-main/adapters/output/output-paths.ts';
import type { AttemptKey, ItemInput } from '../../../src-main/core/ports.ts';
import { readZip } from '../../fakes/read-zip.ts';
import { openItems } from '../items/harness.ts';
import { temporaryDirectory } from '../journal/harness.ts';
import { job, open } from './support.ts';

const AT = new Date('2026-11-23T09:30:00');
const plain = job(1);
const batch = job(2, { job_type: 'batch' });
/** An id that the schema takes, and that leads out of every folder. */
const odd = job(3, { id: `${plain.id}/../../../../../escaped` as BatchJob['id'] });

let data: string;
let folder: string;
let context: JobExportContext;
beforeEach(async () => {
  data = temporaryDirectory();
  folder = temporaryDirectory();
  const { store } = openItems(data);
  await store.load(
    batch.id,
    pagesOf([
      { index: 0, item: 'a' },
      { index: 1, item: 'b' },
    ]),
  );
  context = { filesOf: ({ id }) => bundledFilesOf(id, { dataDirectory: data, items: store }) };
});

async function output(key: AttemptKey, stream: string, text: string): Promise<string> {
  const path = join(attemptDirectory(data, key), stream);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  await utimes(path, AT, AT);
  return path;
}

async function printAll(): Promise<void> {
  await output({ jobId: plain.id, attempt: 1 }, 'stdout', 'first\n');
  await output({ jobId: plain.id, attempt: 10 }, 'stdout', 'tenth\n');
  await output({ jobId: plain.id, attempt: 2 }, 'stderr', 'warning\n');
  await output({ jobId: plain.id, attempt: 2 }, 'stdout', '');
  await output({ jobId: plain.id, attempt: 2 }, 'script', 'echo s3cr3t');
  await output({ jobId: batch.id, attempt: 1, item: 12_345 }, 'stdout', 'x'.repeat(300_000));
  await output({ jobId: odd.id, attempt: 1 }, 'stdout', 'odd\n');
}

const NAMES = [
  `outputs/${plain.id}/attempt-1.stdout.txt`,
  `outputs/${plain.id}/attempt-2.stderr.txt`,
  `outputs/${plain.id}/attempt-10.stdout.txt`,
  `outputs/${batch.id}/items.ndjson`,
  `outputs/${batch.id}/items/12000-12999/12345.attempt-1.stdout.txt`,
  `outputs/${nameFor(odd.id)}/attempt-1.stdout.txt`,
];
const RECORDS = [plain, batch, odd].map((each) => `${JSON.stringify(each)}\n`).join('');

describe('a folder', () => {
  it('holds the records, and each output under a name that leads nowhere else', async () => {
    await printAll();
    const path = join(folder, 'mine');
    const begun = await open(path, { packing: 'folder' }, context);
    await begun.write([plain]);
    await begun.write([batch, odd]);
    expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual([]);
    const report = await begun.finish();
    expect(report).toMatchObject({ count: 3, files: 6 });
    expect(await filesBelow(path)).toEqual(['jobs.ndjson', ...NAMES].sort());
    expect(await readFile(join(path, 'jobs.ndjson'), 'utf8')).toBe(RECORDS);
    expect(await readFile(join(path, NAMES[0] ?? ''), 'utf8')).toBe('first\n');
    expect((await stat(join(path, NAMES[4] ?? ''))).mtime).toEqual(AT);
    expect(report.sizeBytes).toBe(report.bytes);
    expect(await readdir(folder)).toEqual(['mine']);
  });

  it('takes no name that is taken, by a folder or a file, before or meanwhile', async () => {
    const path = join(folder, 'mine');
    const begun = await open(path, { packing: 'folder' }, context);
    await mkdir(path);
    await expect(open(path, { packing: 'folder' }, context)).rejects.toMatchObject({ code: 'conflict' });
    await expect(begun.finish()).rejects.toMatchObject({ code: 'conflict' });
    expect(await readdir(folder)).toEqual(['mine']);
    expect(await readdir(path)).toEqual([]);
  });
});

describe('a zip file', () => {
  it('holds the same, and is read by others', async () => {
    await printAll();
    const path = join(folder, 'mine.zip');
    const begun = await open(path, { packing: 'zip' }, context);
    await begun.write([plain, batch, odd]);
    const report = await begun.finish();
    expect(report).toMatchObject({ count: 3, files: 6, sizeBytes: (await stat(path)).size });
    const files = readZip(await readFile(path));
    expect(files.map(({ name }) => name)).toEqual([...NAMES, 'jobs.ndjson']);
    expect(files.at(-1)?.content.toString()).toBe(RECORDS);
    expect(files[4]?.content.toString()).toBe('x'.repeat(300_000));
    expect(await readdir(folder)).toEqual(['mine.zip']);
    expect(files[3]?.content.toString()).toMatch(/^\{"job_id":.*"item":"a".*\}\n\{.*"item":"b".*\}\n$/u);
    expect(testedBy('python3', ['-m', 'zipfile', '-t', path])).toMatch(/not there|Done testing/u);
    expect(testedBy('unzip', ['-t', path])).toMatch(/not there|No errors detected/u);
  });

  it('that is cancelled while the records are put into it leaves nothing behind', async () => {
    const path = join(folder, 'mine.zip');
    const begun = await open(path, { packing: 'zip' }, context);
    const noise = randomBytes(40_000).toString('base64');
    for (let n = 0; n < 600; n++) await begun.write([job(n + 10, { callback_error: noise })]);
    const finishing = expect(begun.finish()).rejects.toMatchObject({ code: 'closing' });
    const [making = ''] = await readdir(folder);
    await expect.poll(async () => (await stat(join(folder, making, 'archive'))).size).toBeGreaterThan(0);
    await begun.cancel();
    await finishing;
    expect(await readdir(folder)).toEqual([]);
  });

  it('has of an output that grows what there was when it came to it', async () => {
    const path = join(folder, 'mine.zip');
    const growing = await output({ jobId: plain.id, attempt: 1 }, 'stdout', 'one\n');
    const begun = await open(
      path,
      { packing: 'zip' },
      {
        async *filesOf({ id }: { id: JobId }) {
          for await (const file of context.filesOf(job(1, { id }))) {
            await appendFile(growing, 'two\n');
            yield file;
          }
        },
      },
    );
    await begun.write([plain]);
    await begun.finish();
    expect(readZip(await readFile(path))[0]?.content.toString()).toBe('one\n');
  });
});

describe.each(['folder', 'zip'] as const)('a %s', (packing) => {
  it('that is cancelled in the middle of a large output leaves nothing behind', async () => {
    await output({ jobId: plain.id, attempt: 1 }, 'stdout', 'x'.repeat(20_000_000));
    const begun = await open(
      join(folder, 'mine'),
      { packing },
      {
        ...context,
        // Cancelled once it is in the middle of the file.
        onProgress: ({ bytes }) => bytes > 2_000_000 && bytes < 3_000_000 && void begun.cancel(),
      },
    );
    await expect(begun.write([plain])).rejects.toMatchObject({ code: 'closing' });
    await begun.cancel();
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not lie beside records that had their output taken out', async () => {
    const redaction = { callbackUrls: false, metadataValues: true };
    await expect(open(join(folder, 'mine'), { packing, redaction }, context)).rejects.toMatchObject({
      code: 'bad-request',
    });
    expect(await readdir(folder)).toEqual([]);
  });
});

async function* pagesOf(items: readonly ItemInput[]): AsyncGenerator<readonly ItemInput[]> {
  yield items;
}

async function filesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

/** What a program of the system says of a file, where there is that program. */
function testedBy(program: string, args: string[]): string {
  const { error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return error === undefined ? stdout + stderr : `${program} is not there`;
}
