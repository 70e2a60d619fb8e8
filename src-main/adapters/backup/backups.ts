/** The folder of backups: made, checked, listed, and thinned out. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import type {
  BackupCheck,
  BackupFile,
  BackupList,
  BackupMade,
  BackupReason,
  BackupRecord,
} from '#shared/contract/backups.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import { attempt } from '../export/write-error.ts';
import { hasCode } from '../process/system-error.ts';
import { backupKey } from './backup-key.ts';
import { markOf, type NamedBackup, parseBackupName, surplus } from './backup-names.ts';
import { createOpenedBackups, type OpenedBackups } from './opened-backups.ts';
import { readBackup } from './read-backup.ts';
import { type BackupWriter, openBackupWriter } from './write-backup.ts';

export interface Backups {
  readonly opened: OpenedBackups;
  list(): Promise<BackupList>;
  /** @returns the absolute path of a backup of the folder; @throws AppError `not-found` for any other name */
  pathOf(name: string): string;
  /**
   * Begins one. One that was begun before and not finished is given up.
   * @throws AppError `disk-full`, `io`, as `write` and `finish`
   */
  begin(reason: BackupReason): Promise<string>;
  write(writeId: string, records: readonly BackupRecord[]): Promise<void>;
  /**
   * Gives it its name, reads it through, and removes what there is too much of.
   * @param keep how many of the newest stay
   */
  finish(writeId: string, keep: number): Promise<BackupMade>;
  cancel(writeId: string): Promise<void>;
  /** Reads one through; what is wrong with it is in the answer. */
  check(name: string): Promise<BackupCheck>;
}

export interface BackupsOptions {
  /** Absolute. The backups are in its folder `backups`. */
  dataDirectory: string;
  appVersion: string;
  /** RFC 3339. */
  now: () => string;
}

type Listed = NamedBackup & BackupFile;

/** More would not fit into one answer; nobody keeps so many. */
const MAX_LISTED = 500;

/** A clock is set right by less than this without anybody doing it. */
const CLOCK_PLAY_MS = 24 * 3_600_000;

export function createBackups({ dataDirectory, appVersion, now }: BackupsOptions): Backups {
  const folder = join(dataDirectory, 'backups');
  const key = () => backupKey(dataDirectory);
  let writing: { writeId: string; reason: BackupReason; writer: BackupWriter } | null = null;

  function current(writeId: string): BackupWriter {
    if (writing?.writeId === writeId) return writing.writer;
    throw new AppError(
      'not-found',
      'Expected a backup that is being written, got one that was given up. Make it again.',
    );
  }

  async function giveUp(): Promise<void> {
    const { writer } = writing ?? {};
    writing = null;
    await writer?.cancel();
  }

  async function listed(): Promise<Listed[]> {
    const backups: Listed[] = [];
    for (const name of await namesIn(folder)) {
      const named = parseBackupName(name);
      const found = named && (await stat(join(folder, name)).catch(ifMissing));
      if (named && found) {
        const currentAt = later(named.createdAt, found.mtime.toISOString());
        backups.push({ ...named, sizeBytes: found.size, currentAt });
      }
    }
    // One from the future was made by a clock that has been set back since: it is no newer than the others.
    const isAhead = ({ createdAt }: Listed) =>
      Number(Date.parse(createdAt) > Date.parse(now()) + CLOCK_PLAY_MS);
    return backups.sort(
      (one, other) =>
        isAhead(one) - isAhead(other) || Date.parse(other.createdAt) - Date.parse(one.createdAt),
    );
  }

  async function check(name: string): Promise<BackupCheck> {
    const told = { name, checkedAt: now() };
    try {
      const { counts, unreadable, firstProblem } = await readBackup(pathOf(name), { key: key() });
      const problem =
        unreadable === 0
          ? null
          : `${unreadable} of its records can't be read by this version. ${firstProblem}`;
      return { ...told, counts, problem };
    } catch (error) {
      return { ...told, counts: null, problem: toErrorValue(error).message };
    }
  }

  /** The newest, where it has the same records and can be read. */
  async function unchanged(digest: string): Promise<BackupMade | null> {
    const [newest] = await listed();
    if (newest?.mark !== markOf(digest)) return null;
    const checked = await check(newest.name);
    if (checked.counts === null) return null;
    const at = new Date(now());
    await attempt(folder, () => utimes(join(folder, newest.name), at, at));
    return { backup: toFile({ ...newest, currentAt: at.toISOString() }), isUnchanged: true, check: checked };
  }

  function pathOf(name: string): string {
    if (parseBackupName(name) !== null) return join(folder, name);
    throw new AppError('not-found', `Expected the name of a backup, got ${JSON.stringify(name)}.`);
  }

  return {
    opened: createOpenedBackups(key),
    pathOf,
    check,
    list: async () => ({ folder, backups: (await listed()).slice(0, MAX_LISTED).map(toFile) }),

    async begin(reason) {
      await giveUp();
      await attempt(folder, () => mkdir(folder, { recursive: true, mode: 0o700 }));
      await sweep(folder);
      const createdAt = now();
      const writer = await openBackupWriter({ folder, key: key(), reason, createdAt, appVersion });
      writing = { writeId: randomUUID(), reason, writer };
      return writing.writeId;
    },

    write: async (writeId, records) => current(writeId).write(records),

    async finish(writeId, keep) {
      const writer = current(writeId);
      const { digest } = await writer.end();
      const same = await unchanged(digest);
      if (same !== null) {
        await giveUp();
        return same;
      }
      const name = await writer.keep();
      writing = null;
      const checked = await check(name);
      const backups = await listed();
      const backup = backups.find((each) => each.name === name);
      if (backup === undefined) {
        throw new AppError('io', `The backup ${name} was removed as soon as it was made. Make it again.`);
      }
      // Nothing goes on account of one that can't be read.
      if (checked.counts !== null) {
        for (const old of surplus(backups, keep, Date.parse(now())))
          await rm(join(folder, old.name), { force: true });
      }
      return { backup: toFile(backup), isUnchanged: false, check: checked };
    },

    async cancel(writeId) {
      if (writing?.writeId === writeId) await giveUp();
    },
  };
}

/** What a kill left of a backup that was being written. */
async function sweep(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (/^\.backup\..+\.part$/u.test(name)) await rm(join(folder, name), { force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch((error: unknown) => ifMissing(error) ?? []);
}

function ifMissing(error: unknown): null {
  if (hasCode(error, 'ENOENT')) return null;
  throw error;
}

function later(one: string, other: string): string {
  return Date.parse(one) > Date.parse(other) ? one : other;
}

function toFile({ name, createdAt, reason, sizeBytes, currentAt }: Listed): BackupFile {
  return { name, createdAt, reason, sizeBytes, currentAt };
}
