import { spawnSync } from 'node:child_process';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { directoryEnd, directoryRecord, localHeader } from '../../../src-main/adapters/export/zip-format.ts';
import { createZipWriter, type ZipContent } from '../../../src-main/adapters/export/zip-writer.ts';
import { readZip } from '../../fakes/read-zip.ts';
import { temporaryDirectory } from '../journal/harness.ts';

const AT = new Date(2026, 10, 24, 19, 30, 12);

let path: string;
let files: { archive: FileHandle; scratch: FileHandle };
beforeEach(async () => {
  const folder = temporaryDirectory();
  path = join(folder, 'a.zip');
  files = { archive: await open(path, 'wx+'), scratch: await open(join(folder, 'scratch'), 'wx+') };
  onTestFinished(async () => {
    await files.archive.close();
    await files.scratch.close();
  });
});

const writer = () => createZipWriter(files.archive, files.scratch);
const entry = (name: string, ...pieces: (string | Buffer)[]): ZipContent => ({
  name,
  modifiedAt: AT,
  maxBytes: pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0),
  bytes: (async function* () {
    for (const piece of pieces) yield Buffer.from(piece);
  })(),
});

describe('a zip file', () => {
  it('of nothing is one', async () => {
    await writer().finish();
    expect(readZip(await readFile(path))).toEqual([]);
  });

  it('keeps small and large content, what compresses and what does not', async () => {
    const noise = Buffer.alloc(200_000);
    for (let at = 0; at < noise.length; at++) noise[at] = Math.imul(at, 2654435761) >>> 24;
    const zip = writer();
    await zip.add(entry('empty'));
    await zip.add(entry('übung/漢字.txt', 'small'));
    await zip.add(entry('lines', 'line\n'.repeat(5000), 'end'));
    await zip.add({ ...entry('unknown', noise, 'x'.repeat(1_000_000)), maxBytes: Number.POSITIVE_INFINITY });
    await zip.add(entry('large', noise, 'x'.repeat(1_000_000)));
    await zip.finish();
    const read = readZip(await readFile(path)).map(({ name, content }) => [name, content.length]);
    expect(read).toEqual([
      ['empty', 0],
      ['übung/漢字.txt', 5],
      ['lines', 25_003],
      ['unknown', 1_200_000],
      ['large', 1_200_000],
    ]);
    const { error, stdout, stderr } = spawnSync('unzip', ['-tv', path], { encoding: 'utf8' });
    if (error === undefined) expect(stdout + stderr).toMatch(/No errors detected/u);
  });

  it('of more entries than 16 bits count has them all', async () => {
    const zip = writer();
    for (let index = 0; index < 70_000; index++) await zip.add(entry(`items/${index}`, String(index)));
    await zip.finish();
    const read = readZip(await readFile(path));
    expect(read).toHaveLength(70_000);
    expect(read.every(({ name, content }) => name === `items/${content}`)).toBe(true);
  });

  it('passes on what the content throws', async () => {
    const broken = (async function* () {
      yield Buffer.alloc(100_000);
      throw new Error('gone');
    })();
    const adding = writer().add({ name: 'a', modifiedAt: AT, maxBytes: 1e6, bytes: broken });
    await expect(adding).rejects.toThrow('gone');
  });
});

/** Sizes that no test writes; the fields are those of APPNOTE 4.5.3 and 4.3.14. */
describe('beyond 4 GiB', () => {
  const large = {
    ...{ name: 'a', modifiedAt: AT, isDeflated: true, crc32: 1 },
    ...{ compressedBytes: 5e9, sizeBytes: 6e9, offset: 7e9 },
  };

  it('the local header has both sizes in its zip64 field', () => {
    const header = localHeader(large, true);
    expect([header.readUInt32LE(18), header.readUInt32LE(22)]).toEqual([0xffff_ffff, 0xffff_ffff]);
    expect([header.readUInt16LE(31), header.readUInt16LE(33)]).toEqual([1, 16]);
    expect([header.readBigUInt64LE(35), header.readBigUInt64LE(43)]).toEqual([
      6_000_000_000n,
      5_000_000_000n,
    ]);
  });

  it('the directory has what is too large, in this order, and nothing else', () => {
    const all = directoryRecord(large);
    expect(all.length).toBe(46 + 1 + 4 + 24);
    expect([51, 59, 67].map((at) => all.readBigUInt64LE(at))).toEqual([
      6_000_000_000n,
      5_000_000_000n,
      7_000_000_000n,
    ]);
    const place = directoryRecord({ ...large, compressedBytes: 1, sizeBytes: 2 });
    expect([place.length, place.readBigUInt64LE(51)]).toEqual([46 + 1 + 4 + 8, 7_000_000_000n]);
    expect(place.readUInt32LE(42)).toBe(0xffff_ffff);
  });

  it('the end says where the directory is, and where it says so', () => {
    const end = directoryEnd({ count: 3, sizeBytes: 100, offset: 9e9 });
    expect(end.length).toBe(56 + 20 + 22);
    expect(end.readBigUInt64LE(48)).toBe(9_000_000_000n);
    expect(end.readBigUInt64LE(64)).toBe(9_000_000_100n);
    expect(end.readUInt32LE(76 + 16)).toBe(0xffff_ffff);
  });
});
