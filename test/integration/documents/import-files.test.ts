/** What an import reads: packed files, folders, other encodings, and files that are not what they seem. */
import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkedDocuments } from '../../../src-main/adapters/documents/checked-documents.ts';
import { openBytes } from '../../../src-main/adapters/documents/document-bytes.ts';
import { type DocumentSource, sourcesAt } from '../../../src-main/adapters/documents/document-source.ts';
import { file, folder, idOf, line } from './import-bench.ts';

const origin = { now: '2026-12-01T00:00:00Z', uuid: () => '00000000-0000-4000-8000-000000000000', by: null };

async function read(sources: DocumentSource[]) {
  const all = [];
  for (const source of sources) {
    for await (const found of checkedDocuments(source, origin))
      all.push(...found.map(({ checked }) => checked));
  }
  return all;
}

const told = async (...paths: string[]) =>
  (await read(await sourcesAt(paths))).map(({ file: name, line: at, id, errors }) =>
    errors[0] === undefined ? `${name}:${at} ${id}` : `${name}:${at}! ${errors[0].message}`,
  );

describe('an import reads', () => {
  it('gzip of a document, an array and lines, whatever the file is called, and of many parts', async () => {
    const paths = [
      await file('one.json.gz', gzipSync(line(1))),
      await file('array', gzipSync(`[${line(2)},${line(3)}]`)),
      await file('parts.ndjson.gz', Buffer.concat([gzipSync(line(4)), gzipSync(line(5))])),
      await file('wide.gz', gzipSync(Buffer.from(`\ufeff${line(6)}`, 'utf16le'))),
    ];
    expect(await told(...paths)).toEqual([
      `one.json.gz:1 ${idOf(1)}`,
      `array:1 ${idOf(2)}`,
      `array:2 ${idOf(3)}`,
      `parts.ndjson.gz:1 ${idOf(4)}`,
      `parts.ndjson.gz:2 ${idOf(5)}`,
      `wide.gz:1 ${idOf(6)}`,
    ]);
  });

  it('all of a gzip file before it breaks off or is damaged, says which, and goes on with the next file', async () => {
    const text = Array.from({ length: 5000 }, (_, n) =>
      line(n, `,"callback_error":"${(n * 7919) % 1e6}"`),
    ).join('');
    const packed = gzipSync(text);
    const damaged = Buffer.from(packed);
    const half = Math.floor(packed.length / 2);
    damaged.fill(0xff, half, half + 100);
    const broken = await told(
      await file('short.gz', packed.subarray(0, half)),
      await file('next.json', line(1)),
    );
    expect(broken.slice(0, 2)).toEqual([`short.gz:1 ${idOf(0)}`, `short.gz:2 ${idOf(1)}`]);
    expect(broken.slice(-2)).toEqual([
      expect.stringMatching(
        /^short\.gz:\d+! Expected a whole gzip file, got one that ends too early \(after \d+ unpacked bytes\)\.$/u,
      ),
      `next.json:1 ${idOf(1)}`,
    ]);
    expect((await told(await file('damaged.gz', damaged))).at(-1)).toMatch(
      /! Expected a whole gzip file, got one that is damaged/u,
    );
  });

  it('all of a gzip file before something else follows, and says so; zeros at its end are none', async () => {
    const other = gzipSync(line(2));
    other.fill(0, 0, 4);
    expect(await told(await file('two.gz', Buffer.concat([gzipSync(line(1)), other])))).toEqual([
      `two.gz:1 ${idOf(1)}`,
      expect.stringContaining('got one that goes on with something else'),
    ]);
    const padded = Buffer.concat([gzipSync(line(1)), gzipSync(line(2)), Buffer.alloc(100_000)]);
    expect(await told(await file('padded.gz', padded))).toEqual([
      `padded.gz:1 ${idOf(1)}`,
      `padded.gz:2 ${idOf(2)}`,
    ]);
  });

  it('no gzip file that is made to fill the disk', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
    const chunks = async function* () {
      yield bomb;
    };
    const opened = await openBytes(chunks(), { freeBytes: 8 * 1024 * 1024, maxRatio: 250 });
    let grown = 0;
    const reading = async () => {
      for await (const chunk of opened.chunks) grown += chunk.length;
    };
    await expect(reading()).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('unpacks to at most 250 times its size'),
    });
    expect(grown).toBeLessThan(32 * 1024 * 1024);
  });

  it('no archive, which it names', async () => {
    const zip = await file('a.json', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00]));
    expect(await told(zip)).toEqual([
      'a.json:1! Expected JSON, got a zip archive: unpack it and choose its files.',
    ]);
  });

  it.each([
    ['an archive', Buffer.from([0x50, 0x4b, 0x03, 0x04]), true],
    ['a file that is not read after all', Buffer.from(line(1)), false],
    ['a packed one that is not read after all', gzipSync(line(1).repeat(10_000)), false],
  ])('%s without leaving it open', async (_, content, isRefused) => {
    let isOpen = false;
    const chunks = async function* () {
      isOpen = true;
      try {
        for (;;) yield Uint8Array.from(content);
      } finally {
        isOpen = false;
      }
    };
    const opening = openBytes(chunks());
    if (isRefused) await expect(opening).rejects.toMatchObject({ code: 'invalid-document' });
    else await (await opening).close();
    await expect.poll(() => isOpen).toBe(false);
  });

  it('folders to the bottom: what may hold jobs, in the order of the names, nothing hidden', async () => {
    for (const name of ['b.ndjson', 'a.json', 'deep/er/c.jsonl', 'deep/d.json.gz', 'E.JSON']) {
      await file(`jobs/${name}`, line(name.length));
    }
    for (const name of ['.hidden.json', '.git/x.json', 'notes.txt', 'deep/data.csv', 'packed.tar.gz']) {
      await file(`jobs/${name}`, 'no job');
    }
    expect((await sourcesAt([join(folder, 'jobs')])).map(({ name }) => name)).toEqual([
      'E.JSON',
      'a.json',
      'b.ndjson',
      'deep/d.json.gz',
      'deep/er/c.jsonl',
    ]);
  });

  it('folders once that link to each other, and says of a link that leads nowhere', async () => {
    await file('jobs/a/one.json', line(1));
    await symlink(join(folder, 'jobs'), join(folder, 'jobs/a/loop'));
    await symlink(join(folder, 'jobs/a'), join(folder, 'jobs/b'));
    await symlink(join(folder, 'none'), join(folder, 'jobs/lost.json'));
    expect(await told(join(folder, 'jobs'))).toEqual([
      `a/one.json:1 ${idOf(1)}`,
      `lost.json:1! Expected a file at ${join(folder, 'jobs/lost.json')}, got none.`,
    ]);
  });

  it('a folder with nothing in it as a mistake, and one that may not be read as one of its files', async () => {
    await file('jobs/notes.txt', '');
    await expect(sourcesAt([join(folder, 'jobs')])).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('Expected files that end in .json, .jsonl or .ndjson'),
    });
    await file('jobs/a.json', line(1));
    await mkdir(join(folder, 'jobs/locked'));
    await chmod(join(folder, 'jobs/locked'), 0);
    const all = await told(join(folder, 'jobs'));
    await chmod(join(folder, 'jobs/locked'), 0o700);
    expect(all[0]).toBe(`a.json:1 ${idOf(1)}`);
    expect(all.slice(1)).toEqual(process.getuid?.() === 0 ? [] : [expect.stringContaining('locked/:1! ')]);
  });

  it('documents of a megabyte, in UTF-8 and in UTF-16, and cuts none of their characters', async () => {
    const long = '漢🏔️é'.repeat(100_000);
    const text = line(1, `,"callback_error":"${long}"`) + line(2);
    const paths = [
      await file('a.ndjson', text),
      await file('b.ndjson', Buffer.from(`\ufeff${text}`, 'utf16le')),
      await file('c.ndjson', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
    ];
    for (const path of paths) {
      const [large, small] = await read(await sourcesAt([path]));
      expect(large?.job?.callback_error === long).toBe(true);
      expect(small).toMatchObject({ line: 2, valid: true });
    }
  });
});

describe("an input file of OpenAI's Batch API", () => {
  const request = (id: string) =>
    `{"custom_id":"${id}","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[]}}\n`;

  it('becomes one batch that reads it', async () => {
    const path = await file('in.jsonl', request('a') + request('b'));
    const [batch, ...others] = await read(await sourcesAt([path]));
    expect(others).toEqual([]);
    expect(batch).toMatchObject({
      valid: true,
      repairs: [{ kind: 'given', path: '', message: expect.stringContaining('one batch of its 2 requests') }],
      job: {
        job_type: 'batch',
        status: 'created',
        metadata: {
          jobdeck: { name: 'in.jsonl', items: { file: path, format: 'jsonl' }, task: { kind: 'llm' } },
        },
      },
    });
  });

  it('is refused with each wrong line where lines are wrong', async () => {
    const [batch] = await read(
      await sourcesAt([await file('in.jsonl', `${request('a')}{}\n${request('a')}`)]),
    );
    expect(batch?.job).toBeNull();
    expect(batch?.errors.map(({ message }) => message)).toContain(
      'Expected each custom_id once, got "a" again (first in line 1). (line 3)',
    );
  });

  it('that is packed is refused with what to do, since a batch could not read it', async () => {
    const [batch] = await read(await sourcesAt([await file('in.jsonl.gz', gzipSync(request('a')))]));
    expect(batch).toMatchObject({
      job: null,
      errors: [{ message: expect.stringContaining('a file in UTF-8 that is not packed') }],
    });
  });
});
