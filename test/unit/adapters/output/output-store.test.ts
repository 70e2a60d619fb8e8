import {
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MAX_OUTPUT_CHUNK_BYTES } from '#shared/contract/limits.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { createOutputStore } from '../../../../src-main/adapters/output/output-store.ts';

const jobId = 'job-1f2e3d4c-0000-4000-8000-00000000000a' as JobId;
const key = { jobId, attempt: 1 };

function openStore() {
  const directory = mkdtempSync(join(tmpdir(), 'jobdeck-output-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return { directory, store: createOutputStore(directory) };
}

/** A store in which the attempt's stdout holds `content`. */
async function storeWith(content: string | Uint8Array) {
  const { store } = openStore();
  await store.prepare(key, {});
  writeFileSync(join(store.directoryFor(key), 'stdout'), content);
  const read = async (offset: number, maxBytes = 100) => {
    const chunk = await store.read({ jobId, attempt: 1, stream: 'stdout', offset, maxBytes });
    return { ...chunk, bytes: Buffer.from(chunk.bytes).toString() };
  };
  return { store, read };
}

describe('reading', () => {
  test('gives the bytes from an offset, and the size of the whole', async () => {
    const { read } = await storeWith('0123456789');
    expect(await read(0, 4)).toEqual({ offset: 0, bytes: '0123', sizeBytes: 10 });
    expect(await read(8, 4)).toEqual({ offset: 8, bytes: '89', sizeBytes: 10 });
    expect(await read(3, 0)).toEqual({ offset: 3, bytes: '', sizeBytes: 10 });
  });

  test('counts a negative offset from the end, and not beyond the start', async () => {
    const { read } = await storeWith('0123456789');
    expect(await read(-3)).toEqual({ offset: 7, bytes: '789', sizeBytes: 10 });
    expect(await read(-30, 2)).toEqual({ offset: 0, bytes: '01', sizeBytes: 10 });
  });

  test('gives nothing after the end', async () => {
    const { read } = await storeWith('0123456789');
    expect(await read(10)).toEqual({ offset: 10, bytes: '', sizeBytes: 10 });
    expect(await read(99)).toEqual({ offset: 10, bytes: '', sizeBytes: 10 });
  });

  test('never gives more than one message may carry', async () => {
    const { store } = await storeWith(new Uint8Array(MAX_OUTPUT_CHUNK_BYTES + 5));
    const request = { jobId, attempt: 1, stream: 'stdout', offset: 0, maxBytes: 2 ** 40 } as const;
    const { bytes, sizeBytes } = await store.read(request);
    expect([bytes.length, sizeBytes]).toEqual([MAX_OUTPUT_CHUNK_BYTES, MAX_OUTPUT_CHUNK_BYTES + 5]);
    expect(bytes.buffer.byteLength).toBe(MAX_OUTPUT_CHUNK_BYTES);
  });

  test('of a file that does not exist gives size 0', async () => {
    const { store } = openStore();
    const request = { jobId, attempt: 9, stream: 'stderr', offset: -5, maxBytes: 10 } as const;
    expect(await store.read(request)).toEqual({ offset: 0, bytes: new Uint8Array(0), sizeBytes: 0 });
    expect(await store.path(request)).toBeNull();
  });
});

test('the path of a file is absolute, and one for each attempt and stream', async () => {
  const { store } = await storeWith('x');
  const path = await store.path({ jobId, attempt: 1, stream: 'stdout' });
  expect(path).toBe(join(store.directoryFor(key), 'stdout'));
  expect(await store.path({ jobId, attempt: 1, stream: 'stderr' })).toBeNull();
  expect(await store.path({ jobId, attempt: 2, stream: 'stdout' })).toBeNull();
});

test('removing a job drops all of its attempts and no other job', async () => {
  const { store } = openStore();
  const other = jobId.replace('job-', 'run-') as JobId;
  await store.prepare(key, { stdin: 'a' });
  await store.prepare({ jobId, attempt: 2 }, { stdin: 'b' });
  await store.prepare({ jobId: other, attempt: 1 }, { stdin: 'c' });
  await store.remove(jobId);
  await store.remove(jobId);
  expect(() => statSync(store.directoryFor(key))).toThrow('ENOENT');
  expect(() => statSync(store.directoryFor({ jobId, attempt: 2 }))).toThrow('ENOENT');
  expect(readdirSync(store.directoryFor({ jobId: other, attempt: 1 }))).toEqual(['stdin']);
});

test('a data directory that is reached through a link has the same folders', () => {
  const { directory, store } = openStore();
  const link = `${directory}-link`;
  symlinkSync(directory, link);
  onTestFinished(() => rmSync(link));
  expect(createOutputStore(link).directoryFor(key)).toBe(store.directoryFor(key));
});

test('a data directory that does not exist is made for its owner alone', () => {
  const { directory } = openStore();
  const missing = join(directory, 'deep', 'data');
  expect(createOutputStore(missing).directoryFor(key).startsWith(realpathSync.native(missing))).toBe(true);
  expect(statSync(missing).mode & 0o777).toBe(0o700);
});

describe('the preview', () => {
  const preview = async (content: string | Uint8Array) => {
    const { store } = await storeWith(content);
    return store.conclude(key).stdout;
  };

  test('of a file of up to 8 KiB is all of it', async () => {
    const text = 'ab'.repeat(4096);
    expect(await preview(text)).toMatchObject({ text, sizeBytes: 8192, truncated: false });
    expect(await preview('')).toMatchObject({ text: '', sizeBytes: 0, truncated: false });
  });

  test('of one byte more says that one is left out', async () => {
    const { text, sizeBytes, truncated } = await preview(`${'a'.repeat(4096)}X${'b'.repeat(4096)}`);
    expect(text).toBe(`${'a'.repeat(4096)}\n[... 1 bytes left out ...]\n${'b'.repeat(4096)}`);
    expect([sizeBytes, truncated]).toEqual([8193, true]);
  });

  test.each(['é', '€', '😀'])('is cut between characters and never inside %s', async (character) => {
    for (let shift = 0; shift < 4; shift += 1) {
      const whole = 'x'.repeat(shift) + character.repeat(5000);
      const { text, sizeBytes } = await preview(whole);
      const [head = '', leftOut = '', tail = ''] = text.split(/\n\[\.\.\. (\d+) bytes left out \.\.\.\]\n/);
      expect(text).not.toContain('\uFFFD');
      expect(whole.startsWith(head) && whole.endsWith(tail)).toBe(true);
      expect(Buffer.byteLength(head) + Number(leftOut) + Buffer.byteLength(tail)).toBe(sizeBytes);
    }
  });

  test('replaces what is not UTF-8 and keeps NUL and a byte order mark', async () => {
    const bytes = Buffer.concat([Buffer.from('\uFEFFa\0b'), Buffer.from([0xff, 0xc3]), Buffer.from('z')]);
    const { text } = await preview(bytes);
    expect(text).toBe('\uFEFFa\0b\uFFFD\uFFFDz');
    expect(JSON.parse(JSON.stringify(text))).toBe(text);
  });

  test('of bytes that are no text at all drops no more than three at the cut', async () => {
    const { text } = await preview(new Uint8Array(10_000).fill(0x80));
    const leftOut = Number(/ (\d+) bytes left out /.exec(text)?.[1]);
    expect(leftOut - (10_000 - 8192)).toBeLessThanOrEqual(3);
  });
});

describe('an item of a batch', () => {
  const item = { jobId, attempt: 2, item: 12_345 };

  /** A store in which the item has run and written this. */
  async function itemThatWrote(stdout: string | Uint8Array, stderr = '') {
    const { directory, store } = openStore();
    await store.prepare(item, { script: 'text' });
    writeFileSync(join(store.directoryFor(item), 'stdout'), stdout);
    writeFileSync(join(store.directoryFor(item), 'stderr'), stderr);
    const isThere = () => existsSync(store.directoryFor(item));
    return { directory, store, isThere };
  }

  test('whose output is wholly in the preview leaves no file, and reading it gives size 0', async () => {
    const { store, isThere } = await itemThatWrote('out', 'err');
    const request = { ...item, stream: 'stdout', offset: 0, maxBytes: 9 } as const;
    expect((await store.read(request)).sizeBytes).toBe(3);
    const { stdout, stderr } = store.conclude(item);
    expect([stdout.text, stderr.text]).toEqual(['out', 'err']);
    expect(isThere()).toBe(false);
    expect((await store.read(request)).sizeBytes).toBe(0);
    expect(await store.path(request)).toBeNull();
  });

  test.each([
    ['is longer than the preview', 'x'.repeat(8193), ''],
    ['is longer than the preview on stderr', '', 'x'.repeat(8193)],
    ['is no text', new Uint8Array([0xff, 0xfe]), ''],
  ])('whose output %s keeps its files until the job is removed', async (_, stdout, stderr) => {
    const { directory, store, isThere } = await itemThatWrote(stdout, stderr);
    store.conclude(item);
    expect(isThere()).toBe(true);
    await store.remove(jobId);
    expect(readdirSync(join(directory, 'output', '1f'))).toEqual([]);
  });

  test('that wrote nothing at all has an empty preview', async () => {
    const { store } = openStore();
    await store.prepare(item, {});
    expect(store.conclude(item).stdout).toMatchObject({ text: '', sizeBytes: 0 });
  });

  test('shares no folder with the job, with another item or with another attempt', () => {
    const { store } = openStore();
    const keys = [
      { jobId, attempt: 1 },
      { jobId, attempt: 1, item: 1 },
      { jobId, attempt: 11, item: 1 },
      { jobId, attempt: 1, item: 11 },
      { jobId, attempt: 1, item: 1001 },
    ];
    expect(new Set(keys.map(store.directoryFor)).size).toBe(keys.length);
  });
});
