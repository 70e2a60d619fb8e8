/** Writing a backup: under a temporary name, and under its own once all of it is on the disk. */
import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import type { BackupCounts, BackupReason, BackupRecord } from '#shared/contract/backups.ts';
import { temporaryBeside } from '../export/leftovers.ts';
import { syncFolder } from '../export/sync-folder.ts';
import { textSink } from '../export/text-sink.ts';
import { attempt } from '../export/write-error.ts';
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  type BackupHeader,
  endLine,
  noBackupCounts,
  sealOf,
} from './backup-format.ts';
import { backupName } from './backup-names.ts';

export interface BackupWriter {
  /** Adds records; one call after another. After an error the file is given up and nothing is left of it. */
  write(records: readonly BackupRecord[]): Promise<void>;
  /** Writes the last line and syncs. It has its name only after `keep`. */
  end(): Promise<{ digest: string; counts: BackupCounts }>;
  /**
   * Gives it its name.
   * @returns the name
   */
  keep(): Promise<string>;
  /** Gives up what was not kept. */
  cancel(): Promise<void>;
}

export interface BackupWriterOptions {
  /** Absolute; it is there. */
  folder: string;
  key: Uint8Array;
  reason: BackupReason;
  createdAt: string;
  appVersion: string;
}

/** @throws AppError `disk-full`, `io`, as all of its functions do */
export async function openBackupWriter(options: BackupWriterOptions): Promise<BackupWriter> {
  const { folder, key, reason, createdAt, appVersion } = options;
  const temporary = temporaryBeside(join(folder, 'backup'));
  const file = await attempt(folder, () => open(temporary, 'wx', 0o600));
  const sink = textSink(file, { isGzip: true });
  const hash = createHash('sha256');
  const counts = noBackupCounts();
  const header: BackupHeader = { format: BACKUP_FORMAT, version: BACKUP_VERSION, createdAt, app: appVersion };
  const headerLine = JSON.stringify(header);
  let digest: string | null = null;
  let isGone = false;

  async function giveUp(): Promise<void> {
    if (isGone) return;
    isGone = true;
    if (digest === null) {
      await sink.destroy();
      await file.close();
    }
    await rm(temporary, { force: true });
  }

  async function step<T>(work: () => Promise<T>): Promise<T> {
    if (isGone)
      throw new AppError('closing', 'Expected a backup that is being written, got one that was given up.');
    try {
      return await attempt(folder, work);
    } catch (error) {
      await giveUp();
      throw error;
    }
  }

  await step(() => sink.write(`${headerLine}\n`));
  return {
    write: (records) =>
      step(async () => {
        for (const text of textsOf(records)) {
          hash.update(text);
          await sink.write(text);
        }
        for (const { kind } of records) counts[kind] += 1;
      }),

    end: () =>
      step(async () => {
        const sha256 = hash.digest('hex');
        await sink.write(`${endLine({ counts, sha256, seal: sealOf(key, headerLine, sha256) })}\n`);
        await sink.end();
        await file.sync();
        await file.close();
        digest = sha256;
        return { digest, counts };
      }),

    keep: () =>
      step(async () => {
        if (digest === null)
          throw new AppError('internal', 'Expected a backup that has its end, got one without.');
        const name = backupName(createdAt, reason, digest);
        await rename(temporary, join(folder, name));
        isGone = true;
        await syncFolder(dirname(temporary));
        return name;
      }),

    cancel: giveUp,
  };
}

/** Characters of a text. A page of large records made one would hold up everything else. */
const TEXT_LENGTH = 256 * 1024;

/** The lines of records, in texts of a bounded length. */
function* textsOf(records: readonly BackupRecord[]): Generator<string> {
  let text = '';
  for (const { kind, ...record } of records) {
    // The reader tells lines apart by how they begin.
    text += `${JSON.stringify({ kind, ...record })}\n`;
    if (text.length < TEXT_LENGTH) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
