import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createItemSource } from '../../../src-main/adapters/items/item-source.ts';
import { previewItems } from '../../../src-main/adapters/items/preview-items.ts';
import type { ItemInput } from '../../../src-main/core/ports.ts';

type Format = 'jsonl' | 'csv' | 'lines';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'jobdeck-items-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function pagesOf(format: Format, content: string | Uint8Array, maxItemBytes?: number) {
  writeFileSync(join(home, 'items'), content);
  const source = createItemSource({
    homeDirectory: home,
    ...(maxItemBytes !== undefined && { maxItemBytes }),
  });
  const pages: (readonly ItemInput[])[] = [];
  for await (const page of source.read({ file: 'items', format })) pages.push(page);
  return pages;
}

async function read(format: Format, content: string | Uint8Array, maxItemBytes?: number): Promise<unknown[]> {
  return (await pagesOf(format, content, maxItemBytes)).flat().map(({ item }) => item);
}

function bytes(...parts: (string | number[])[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part as string)));
}

/** Cuts chunks of the reader at every place of a character of three bytes, and of a line break of two. */
const PADDING = 64 * 1024 - 4;

describe('a file of lines', () => {
  it('gives each line as a text, empty ones in the middle included', async () => {
    expect(await read('lines', 'a\n\nb c \n')).toEqual(['a', '', 'b c ']);
    expect(await read('lines', 'a\r\nb\r\n')).toEqual(['a', 'b']);
    expect(await read('lines', 'a\nb')).toEqual(['a', 'b']);
    expect(await read('lines', '')).toEqual([]);
    expect(await read('lines', '\n')).toEqual(['']);
  });

  it('knows nothing of a byte order mark', async () => {
    expect(await read('lines', '\uFEFFa\nb')).toEqual(['a', 'b']);
  });

  it.each([0, 1, 2, 3, 4, 5])(
    'keeps characters and line breaks whole that two chunks share (%i)',
    async (more) => {
      const first = 'x'.repeat(PADDING + more);
      expect(await read('lines', `${first}€é\u{1F600}\r\nnext`)).toEqual([`${first}€é\u{1F600}`, 'next']);
      expect(await read('lines', `${first}\r\n€`)).toEqual([first, '€']);
    },
  );

  it('is refused with line and byte where it is not in UTF-8', async () => {
    await expect(read('lines', bytes('ok\nab', [0xff], 'c'))).rejects.toMatchObject({
      code: 'invalid-document',
      message: expect.stringMatching(/got the byte 0xff that does not belong there \(line 2, byte 5\)/u),
    });
    const late = bytes('x'.repeat(PADDING * 3), '\n', [0xe2, 0x82]);
    await expect(read('lines', late)).rejects.toThrow(`(line 2, byte ${PADDING * 3 + 1})`);
    await expect(read('lines', bytes([0xff, 0xfe], 'a\0'))).rejects.toThrow(/got UTF-16/u);
  });

  it('is refused for a line that is too long, before it is read to its end', async () => {
    await expect(read('lines', `a\n${'x'.repeat(2 * 1024 * 1024)}`, 1024 * 1024)).rejects.toMatchObject({
      code: 'invalid-document',
      message: `Expected at most 1 MiB in a line of ${join(home, 'items')}, got more in line 2.`,
    });
  });

  it('is refused where it is not there, or is a folder', async () => {
    const source = createItemSource({ homeDirectory: home });
    await expect(
      source.read({ file: 'none', format: 'lines' })[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({
      code: 'not-found',
      message: `Expected a file at ${join(home, 'none')}, got none.`,
    });
    await expect(
      source.read({ file: '.', format: 'lines' })[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({
      code: 'bad-request',
    });
  });
});

describe('a JSONL file', () => {
  it('gives the value of each line, whatever it is', async () => {
    expect(await read('jsonl', '{"a": 1}\r\n\n  [1, "x"]  \n"text"\n5\nnull')).toEqual([
      { a: 1 },
      [1, 'x'],
      'text',
      5,
      null,
    ]);
    expect(await read('jsonl', '\uFEFF{"a": ":"}')).toEqual([{ a: ':' }]);
  });

  it.each([
    ['{"a": 1}\n{"a": }', /^Expected .* \(line 2, column 7\) \(.*items\)$/u],
    ['{"a": 1, "a": 2}', /^Expected each name once in an object, got "a" twice\. \(.*items at \/a\)$/u],
    ['{"a": 12345678901234567890}', /since a larger one would be rounded, got 12345678901234567890/u],
    ['12345678901234567890', /12345678901234567890/u],
    ['{"__proto__": {}}', /Expected a name that is safe to copy/u],
    ['{"a": 1}{"b": 2}', /Expected nothing more after the document/u],
    ['not json', /^Expected /u],
  ])('is refused for %j', async (content, message) => {
    await expect(read('jsonl', content)).rejects.toMatchObject({
      code: 'invalid-document',
      message: expect.stringMatching(message),
    });
  });

  it('is refused for values inside of values without end', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    await expect(read('jsonl', deep)).rejects.toThrow(/Expected at most 100 levels/u);
  });

  it('comes in pages of bounded size', async () => {
    const long = JSON.stringify('x'.repeat(300 * 1024));
    const pages = await pagesOf('jsonl', `${long}\n`.repeat(5));
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
  });

  it('gives what comes before a line that is wrong, then the error', async () => {
    writeFileSync(join(home, 'items'), '1\n2\n{');
    const source = createItemSource({ homeDirectory: home });
    const preview = await previewItems(source, { file: 'items', format: 'jsonl' }, 5);
    expect(preview).toMatchObject({ items: [{ item: 1 }, { item: 2 }], total: null });
    expect(preview.problem).toMatch(/line 3/u);
  });
});

describe('a CSV file', () => {
  it('gives an object of texts for each row, named by the first', async () => {
    expect(await read('csv', 'path,size\r\na.jpg,1\r\n"b, ""c"".jpg",\r\n')).toEqual([
      { path: 'a.jpg', size: '1' },
      { path: 'b, "c".jpg', size: '' },
    ]);
    expect(await read('csv', '\uFEFFpath\n"two\nlines"\n\nlast')).toEqual([
      { path: 'two\nlines' },
      { path: 'last' },
    ]);
    expect(await read('csv', 'path\n')).toEqual([]);
  });

  it('takes semicolons and tabs where the header has no comma', async () => {
    expect(await read('csv', '"a,b";c\n1,5;2\n')).toEqual([{ 'a,b': '1,5', c: '2' }]);
    expect(await read('csv', 'a\tb\n1\t2\n')).toEqual([{ a: '1', b: '2' }]);
    expect(await read('csv', 'a,b;c\n1,2\n')).toEqual([{ a: '1', 'b;c': '2' }]);
  });

  it('keeps a field named __proto__ as data', async () => {
    const [item] = await read('csv', '__proto__\nx\n');
    expect(JSON.stringify(item)).toBe('{"__proto__":"x"}');
  });

  it.each([
    ['', /^Expected the names of the fields in the first line of .*items, got an empty file\.$/u],
    ['a,b\n1,2\n\n1,2,3\n', /^Expected 2 fields as in the first line, got 3\. \(.*items, line 4\)$/u],
    ['a,b\n1\n', /^Expected 2 fields as in the first line, got 1\. \(.*, line 2\)$/u],
    ['a,b,a\n', /got "a" for fields 1 and 3\.$/u],
    ['a,,c\n', /got none for field 2\.$/u],
    ['a\n"open\n\n', /^Expected a closing quote .* line \d\)$/u],
    ['a\n5" pipe\n', /got one in the middle of a field.* line 2\)$/u],
    ['a\n"x"y\n', /after a closing quote.* line 2\)$/u],
  ])('is refused for %j', async (content, message) => {
    await expect(read('csv', content)).rejects.toMatchObject({
      code: 'invalid-document',
      message: expect.stringMatching(message),
    });
  });

  it('is refused where it is not in UTF-8, or a quote swallows too much', async () => {
    await expect(read('csv', bytes('a\nM', [0xfc], 'ller\n'))).rejects.toThrow(
      /the byte 0xfc .* \(line 2, byte 3\)/u,
    );
    await expect(read('csv', `a\n"${'x'.repeat(3 * 1024 * 1024)}`, 1024 * 1024)).rejects.toThrow(
      /at most 1 MiB in a row/u,
    );
  });
});

describe('a preview of a file', () => {
  it('reads no more of it than it has to', async () => {
    writeFileSync(join(home, 'items'), `${'x'.repeat(1000)}\n`.repeat(20_000));
    const source = createItemSource({ homeDirectory: home });
    const long = await previewItems(source, { file: 'items', format: 'lines' }, 3);
    expect(long).toMatchObject({ total: null, problem: null });
    expect(long.items).toHaveLength(3);
    writeFileSync(join(home, 'items'), 'a\nb\nc\nd\n');
    expect(await previewItems(source, { file: 'items', format: 'lines' }, 3)).toMatchObject({
      total: 4,
      problem: null,
    });
  });
});

describe.each(['jsonl', 'csv', 'lines'] as const)('300,000 items from %s', (format) => {
  it('are read in order, in bounded pages', async () => {
    const count = 300_000;
    const row = { jsonl: (n: number) => `{"n": ${n}}`, csv: String, lines: String }[format];
    const rows = Array.from({ length: count }, (_, n) => row(n));
    writeFileSync(join(home, 'many'), `${format === 'csv' ? 'n\n' : ''}${rows.join('\n')}\n`);
    const misplaced: ItemInput[] = [];
    let longest = 0;
    let next = 0;
    for await (const page of createItemSource({ homeDirectory: home }).read({ file: 'many', format })) {
      longest = Math.max(longest, page.length);
      for (const input of page) {
        const { item } = input;
        const n = Number(typeof item === 'object' && item !== null && 'n' in item ? item.n : item);
        if (n !== next || input.index !== next) misplaced.push(input);
        next++;
      }
    }
    expect(misplaced).toEqual([]);
    expect(next).toBe(count);
    expect(longest).toBe(500);
  });
});
