import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { BackupRecord } from '#shared/contract/backups.ts';
import { checkRequest, checkResponse } from '../../../../src-main/adapters/validators/index.ts';
import { createDocumentGenerator } from '../../../fakes/document-generator.ts';
import { sampleHistory } from '../../../fakes/sample-jobs.ts';
import {
  type Folder,
  freshBackups,
  freshFolder,
  jobRecord,
  make,
  readThrough,
  records,
  rewrite,
} from './support.ts';

/** All records of a backup, by pages of three. */
async function contentOf({ backups }: Folder, name: string): Promise<BackupRecord[]> {
  const { openId } = await backups.opened.open(backups.pathOf(name));
  await readThrough(backups, openId);
  const found: BackupRecord[] = [];
  for (const kind of ['job', 'delivery', 'view'] as const) {
    for (let after: number | null = -1; after !== null; ) {
      const page = backups.opened.page({ openId, kind, after, limit: 3 });
      expect(checkResponse('backup:page', page)).toBeNull();
      found.push(...page.records);
      after = page.next;
    }
  }
  await backups.opened.close(openId);
  return found;
}

describe('a backup', () => {
  it('gives back what was written, of whatever documents there are', async () => {
    for (const seed of [1, 2, 3]) {
      const folder = freshBackups();
      const generator = createDocumentGenerator(seed);
      const jobs = Array.from({ length: 40 }, () => jobRecord(generator.record()));
      const content = [...jobs, ...records(0)];
      expect(checkRequest('backup:write', { writeId: crypto.randomUUID(), records: content })).toBeNull();
      const { backup, check } = await make(folder.backups, content);
      expect(await contentOf(folder, backup.name)).toEqual(content);
      expect(check).toMatchObject({ counts: { job: 40, delivery: 1, view: 1 }, problem: null });
    }
  });

  it('is packed text that begins with what it is and ends with its counts and checksum', async () => {
    const { backups } = freshBackups();
    const { backup } = await make(backups, records(2));
    const lines = gunzipSync(readFileSync(backups.pathOf(backup.name)))
      .toString()
      .trimEnd()
      .split('\n');
    expect(JSON.parse(lines[0] as string)).toEqual({
      format: 'jobdeck-backup',
      version: 1,
      createdAt: '2026-11-24T19:00:00Z',
      app: '1.2.3',
    });
    expect(JSON.parse(lines.at(-1) as string)).toEqual({
      end: { counts: { job: 2, delivery: 1, view: 1 }, sha256: expect.any(String), seal: expect.any(String) },
    });
  });

  it('is for its owner alone, and so is the key', async () => {
    const { backups, data } = freshBackups();
    const { backup } = await make(backups, records(1));
    for (const path of [backups.pathOf(backup.name), join(data, 'backup-key')]) {
      expect(statSync(path).mode & 0o077).toBe(0);
    }
  });

  it('answers as the contract says', async () => {
    const { backups } = freshBackups();
    const made = await make(backups, records(1));
    expect(checkResponse('backup:finish', made)).toBeNull();
    expect(checkResponse('backup:list', await backups.list())).toBeNull();
    const opened = await backups.opened.open(backups.pathOf(made.backup.name));
    expect(checkResponse('backup:open', opened)).toBeNull();
    expect(checkResponse('backup:reading', await readThrough(backups, opened.openId))).toBeNull();
  });

  it('is not there before it is finished, and nothing is left of one that is given up', async () => {
    const { backups, files } = freshBackups();
    const writeId = await backups.begin('manual');
    await backups.write(writeId, records(3));
    expect((await backups.list()).backups).toEqual([]);
    expect(files()).toHaveLength(1);
    await backups.cancel(writeId);
    expect(files()).toEqual([]);
    await expect(backups.write(writeId, records(1))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes the place of one that was begun and left', async () => {
    const { backups, files } = freshBackups();
    await backups.begin('schedule');
    const second = await backups.begin('manual');
    await backups.finish(second, 7);
    expect(files()).toEqual([expect.stringContaining('-manual-')]);
  });

  it('clears away what a kill has left in the folder, and nothing else', async () => {
    const { backups, data, files } = freshBackups();
    await make(backups, records(1));
    for (const name of ['.backup.1b671a64-40d5-491e-99b0-da01ff1f3341.part', 'mine.txt', '.backup.notes'])
      writeFileSync(join(data, 'backups', name), 'x');
    await make(backups, records(2));
    expect(files().filter((name) => !name.startsWith('jobdeck-'))).toEqual(['.backup.notes', 'mine.txt']);
  });
});

describe('a backup of what has not changed', () => {
  it('is not made again: the one before is known to be current until then', async () => {
    const { backups, clock, files } = freshBackups();
    const first = await make(backups, records(3));
    clock.now = '2026-11-25T19:00:00Z';
    const second = await make(backups, records(3), 'schedule');
    expect(second).toMatchObject({ isUnchanged: true, backup: { name: first.backup.name } });
    expect(files()).toEqual([first.backup.name]);
    expect((await backups.list()).backups[0]?.currentAt).toBe('2026-11-25T19:00:00.000Z');
  });

  it('is made all the same where the one before can not be read', async () => {
    const { backups, clock, files } = freshBackups();
    const first = await make(backups, records(3));
    truncateSync(backups.pathOf(first.backup.name), 200);
    clock.now = '2026-11-25T19:00:00Z';
    const second = await make(backups, records(3), 'schedule');
    expect(second).toMatchObject({ isUnchanged: false, check: { problem: null } });
    expect(files()).toHaveLength(2);
  });
});

describe('the folder of backups', () => {
  it('keeps the newest, and of the last four weeks one each', async () => {
    const { backups, clock } = freshBackups();
    for (let day = 0; day < 60; day += 1) {
      clock.now = new Date(Date.parse('2026-09-01T12:00:00Z') + day * 86_400_000).toISOString();
      await make(backups, sampleHistory(day + 1).map(jobRecord), 'schedule', 3);
    }
    const now = Date.parse(clock.now);
    const days = (await backups.list()).backups.map(
      ({ createdAt }) => (now - Date.parse(createdAt)) / 86_400_000,
    );
    expect(days.slice(0, 3)).toEqual([0, 1, 2]);
    expect(days.length).toBeLessThanOrEqual(3 + 4);
    expect(Math.max(...days)).toBeGreaterThanOrEqual(14);
    expect(Math.max(...days)).toBeLessThan(28);
  });

  it('lists the newest first, and no other files', async () => {
    const { backups, data, clock } = freshBackups();
    await make(backups, records(1));
    clock.now = '2026-11-25T19:00:00Z';
    await make(backups, records(2), 'restore');
    for (const other of ['20261126T190000Z-manual-zzzz', '20260231T000000Z-manual-0123456789abcdef']) {
      writeFileSync(join(data, 'backups', `jobdeck-${other}.ndjson.gz`), '');
    }
    expect((await backups.list()).backups).toMatchObject([
      { createdAt: '2026-11-25T19:00:00Z', reason: 'restore' },
      { createdAt: '2026-11-24T19:00:00Z', reason: 'manual' },
    ]);
  });

  it('is empty before there was a backup', async () => {
    expect((await freshBackups().backups.list()).backups).toEqual([]);
  });

  it('gives no path outside of itself', () => {
    const { backups } = freshBackups();
    for (const name of ['../settings.json', 'jobdeck-x.gz', '/etc/passwd', '']) {
      expect(() => backups.pathOf(name)).toThrow('Expected the name of a backup');
    }
  });
});

describe('a backup that is not as it was made', () => {
  async function spoiled(spoil: (path: string) => void) {
    const folder = freshBackups();
    const { backup } = await make(folder.backups, records(20));
    const path = folder.backups.pathOf(backup.name);
    spoil(path);
    const before = readFileSync(path);
    const check = await folder.backups.check(backup.name);
    expect(readFileSync(path)).toEqual(before);
    const { openId } = await folder.backups.opened.open(path);
    const reading = await readThrough(folder.backups, openId);
    return { check, reading, name: backup.name };
  }

  it.each([
    ['cut off', (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2)), 'ends too early'],
    ['empty', (path: string) => truncateSync(path, 0), 'got something else'],
    [
      'no gzip file',
      (path: string) => writeFileSync(path, '{"format":"jobdeck-backup"}\n'),
      'got something else',
    ],
    [
      'flipped in a byte',
      (path: string) => {
        const bytes = readFileSync(path);
        bytes.writeUInt8(bytes.readUInt8(600) ^ 0x10, 600);
        writeFileSync(path, bytes);
      },
      "can't be read",
    ],
    [
      'without its last line',
      (path: string) => rewrite(path, (text) => `${text.trimEnd().split('\n').slice(0, -1).join('\n')}\n`),
      'it is cut off',
    ],
    [
      'without the end of its last line',
      (path: string) => rewrite(path, (text) => text.slice(0, -9)),
      'it is cut off',
    ],
    [
      'changed in a word',
      (path: string) => rewrite(path, (text) => text.replace('Checksum photos', 'Delete photos')),
      'it was changed after it was made',
    ],
    [
      'without a record',
      (path: string) => rewrite(path, (text) => text.split('\n').toSpliced(2, 1).join('\n')),
      'it was changed after it was made',
    ],
    [
      'longer than its end',
      (path: string) => rewrite(path, (text) => `${text}{}\n`),
      'it goes on after its end',
    ],
    [
      'of a newer Jobdeck',
      (path: string) => rewrite(path, (text) => text.replace('"version":1', '"version":2')),
      'Update Jobdeck to read it',
    ],
    ['something else', (path: string) => rewrite(path, () => '{"id":1}\n'), 'not that of a backup'],
  ])('is named where it is %s, and left alone', async (_what, spoil, sentence) => {
    const { check, reading, name } = await spoiled(spoil);
    expect(check.counts).toBeNull();
    expect(check.problem).toContain(sentence);
    expect(check.problem).toContain(name);
    expect(check.problem).toMatch(/Choose another backup|Update Jobdeck/u);
    expect(reading).toMatchObject({ state: 'failed', problem: check.problem });
  });

  it('is told of a record that this version can not read, and reads the others', async () => {
    const folder = freshBackups();
    const [good, ...rest] = records(2);
    const strange = { kind: 'job', job: { id: 'not one' } } as unknown as BackupRecord;
    const { backup, check } = await make(folder.backups, [good as BackupRecord, strange, ...rest]);
    expect(check.counts?.job).toBe(3);
    expect(check.problem).toBe(
      "1 of its records can't be read by this version. Line 3 is left out: its job is not valid.",
    );
    expect(await contentOf(folder, backup.name)).toEqual([good, ...rest]);
  });
});

describe('whose a backup is', () => {
  const isOwn = async ({ backups }: Folder, path: string) => {
    const { openId } = await backups.opened.open(path);
    const reading = await readThrough(backups, openId);
    return reading.state === 'read' ? reading.contents.isOwn : reading;
  };

  it('is known: one of another data directory is not our own', async () => {
    const ours = freshBackups();
    const theirs = freshBackups();
    const { backup } = await make(theirs.backups, records(2));
    const path = theirs.backups.pathOf(backup.name);
    expect(await isOwn(theirs, path)).toBe(true);
    expect(await isOwn(ours, path)).toBe(false);
    expect(await isOwn(freshBackups(theirs.data), path)).toBe(true);
  });

  it('can not be claimed by who changes a record and its checksum', async () => {
    const folder = freshBackups();
    const { backup } = await make(folder.backups, [jobRecord(sampleHistory(1)[0] as never)]);
    const path = folder.backups.pathOf(backup.name);
    const { createHash } = await import('node:crypto');
    rewrite(path, (text) => {
      const [header, record, end] = text.split('\n') as [string, string, string];
      const changed = record.replace('sha256sum', 'rm -rf');
      const sha256 = createHash('sha256').update(`${changed}\n`).digest('hex');
      return [header, changed, end.replace(/"sha256":"\w+"/u, `"sha256":"${sha256}"`), ''].join('\n');
    });
    expect(await isOwn(folder, path)).toBe(false);
  });

  it('is not known any more where the key was lost', async () => {
    const folder = freshBackups();
    const { backup } = await make(folder.backups, records(1));
    writeFileSync(join(folder.data, 'backup-key'), 'nonsense');
    expect(await isOwn(folder, folder.backups.pathOf(backup.name))).toBe(false);
  });
});

describe('a backup that is open', () => {
  it('says which ids it has no job of', async () => {
    const { backups } = freshBackups();
    const { backup } = await make(backups, records(4));
    const { openId } = await backups.opened.open(backups.pathOf(backup.name));
    await readThrough(backups, openId);
    const ids = sampleHistory(6).map(({ id }) => id);
    expect(backups.opened.lacking(openId, ids)).toEqual(ids.slice(4));
  });

  it('shows nothing before it is read through, and nothing once it is closed', async () => {
    const { backups } = freshBackups();
    const { backup } = await make(backups, records(4));
    const { openId } = await backups.opened.open(backups.pathOf(backup.name));
    expect(() => backups.opened.lacking(openId, [])).toThrow('got one that was not yet');
    await backups.opened.close(openId);
    expect(() => backups.opened.reading(openId)).toThrow('got one that was closed');
  });

  it('is said to be gone where its file is', async () => {
    const { backups } = freshBackups(freshFolder());
    await expect(
      backups.opened.open(backups.pathOf('jobdeck-20261124T190000Z-manual-0123456789abcdef.ndjson.gz')),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});
