/** The last step of files that are whole or as they were. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openReplacement } from '../../../src-main/adapters/documents/replacement-file.ts';
import { openFolderTarget } from '../../../src-main/adapters/export/folder-target.ts';
import { NO_LEFTOVERS } from '../../../src-main/adapters/export/leftovers.ts';
import { isNoFolderSync, syncFolder } from '../../../src-main/adapters/export/sync-folder.ts';
import { openZipTarget } from '../../../src-main/adapters/export/zip-target.ts';
import { writeLines } from '../../../src-main/adapters/items/line-files.ts';
import type { ItemOutcome } from '../../../src-main/adapters/items/merge-chain.ts';
import { temporaryDirectory } from '../journal/harness.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryDirectory();
});

describe('an export that is stopped while it is finished', () => {
  it('leaves the file that was there, and nothing else', async () => {
    const path = join(folder, 'a.txt');
    await writeFile(path, 'before');
    const file = await openReplacement(path);
    await file.write('after');
    await expect(file.finish(AbortSignal.abort())).rejects.toThrow('aborted');
    expect(await readFile(path, 'utf8')).toBe('before');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it.each([
    ['a folder', openFolderTarget],
    ['an archive', openZipTarget],
  ])('makes no %s', async (_name, open) => {
    const target = await open(join(folder, 'all'), 'jobs.ndjson', NO_LEFTOVERS);
    await target.write('{}\n');
    await expect(target.finish(AbortSignal.abort())).rejects.toThrow('aborted');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('several files of one export', () => {
  const outcome = {} as ItemOutcome;
  const paths = () => [join(folder, 'output.jsonl'), join(folder, 'errors.jsonl')];

  it('are all as they were where it is stopped after the last line', async () => {
    for (const path of paths()) await writeFile(path, 'before');
    const stopping = new AbortController();
    async function* outcomes() {
      yield outcome;
      stopping.abort();
    }
    const writing = writeLines(paths(), outcomes(), () => ({ to: 0, text: 'after\n' }), {
      signal: stopping.signal,
    });
    await expect(writing).rejects.toThrow('aborted');
    for (const path of paths()) expect(await readFile(path, 'utf8')).toBe('before');
    expect(await readdir(folder)).toHaveLength(2);
  });
});

describe('syncing a folder', () => {
  it.each(['EACCES', 'EPERM', 'EINVAL', 'ENOTSUP'])('passes over %s: the name is there', (code) => {
    expect(isNoFolderSync(Object.assign(new Error(code), { code }))).toBe(true);
  });

  it('tells what else goes wrong', async () => {
    expect(isNoFolderSync(Object.assign(new Error('EIO'), { code: 'EIO' }))).toBe(false);
    await expect(syncFolder(join(folder, 'missing'))).rejects.toThrow('ENOENT');
  });
});
