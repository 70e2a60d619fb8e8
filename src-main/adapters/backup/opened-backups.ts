/** Backups that a person is looking at: read through in the background, then shown a page at a time. */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import type { BackupOpened, BackupReading } from '#shared/contract/backups.ts';
import type { RequestOf, ResponseOf } from '#shared/contract/channels.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { createRoomWatch } from '../documents/spool-room.ts';
import { hasCode } from '../process/system-error.ts';
import { type BackupSpool, openBackupSpool } from './backup-spool.ts';
import { readBackup } from './read-backup.ts';

export interface OpenedBackups {
  /**
   * Begins to read a file.
   * @param path absolute
   * @throws AppError `not-found`
   */
  open(path: string): Promise<BackupOpened>;
  // These throw AppError `not-found` where it was closed, and `conflict` before it is read.
  reading(openId: string): BackupReading;
  page(request: RequestOf<'backup:page'>): ResponseOf<'backup:page'>;
  lacking(openId: string, ids: readonly JobId[]): JobId[];
  /** Ends it, also in the middle of reading. One that is closed stays so. */
  close(openId: string): Promise<void>;
}

interface Opened {
  spool: BackupSpool;
  reading: BackupReading;
  /** Ends it; resolves when nothing of it is left. */
  close: () => Promise<void>;
}

/** A page that was reloaded forgets what it opened: opening one more closes the oldest. */
const MAX_OPEN = 2;

/** @param roomFor makes what looks whether the disk has room for what is read: see `createRoomWatch` */
export function createOpenedBackups(
  key: () => Uint8Array,
  roomFor: () => ReturnType<typeof createRoomWatch> = createRoomWatch,
): OpenedBackups {
  const opened = new Map<string, Opened>();

  function find(openId: string): Opened {
    const found = opened.get(openId);
    if (found !== undefined) return found;
    throw new AppError(
      'not-found',
      'Expected a backup that is open, got one that was closed: open it again.',
    );
  }

  function whole(openId: string): BackupSpool {
    const { reading, spool } = find(openId);
    if (reading.state === 'read') return spool;
    throw new AppError('conflict', 'Expected a backup that was read through, got one that was not yet.');
  }

  async function close(openId: string): Promise<void> {
    const closing = opened.get(openId);
    opened.delete(openId);
    await closing?.close();
  }

  return {
    async open(path) {
      const sizeBytes = await sizeOf(path);
      const openId = randomUUID();
      opened.set(openId, beginReading(path, key(), roomFor()));
      const [oldest] = opened.keys();
      if (opened.size > MAX_OPEN && oldest !== undefined) await close(oldest);
      return { openId, name: basename(path), sizeBytes };
    },
    reading: (openId) => find(openId).reading,
    page: ({ openId, kind, after, limit }) => whole(openId).page(kind, after, limit),
    lacking: (openId, ids) => whole(openId).lacking(ids),
    close,
  };
}

function beginReading(path: string, key: Uint8Array, room: ReturnType<typeof createRoomWatch>): Opened {
  const stopping = new AbortController();
  const spool = openBackupSpool();
  const opened: Opened = {
    spool,
    reading: { state: 'reading', bytesRead: 0 },
    close: async () => {
      stopping.abort();
      await ended;
      spool.close();
    },
  };
  const ended = readBackup(path, {
    key,
    signal: stopping.signal,
    onRecords: (records, bytes) => {
      spool.add(records);
      return room(bytes);
    },
    onRead: (bytesRead) => {
      opened.reading = { state: 'reading', bytesRead };
    },
  }).then(
    (contents) => {
      opened.reading = { state: 'read', contents };
    },
    (error: unknown) => {
      opened.reading = { state: 'failed', problem: toErrorValue(error).message };
    },
  );
  return opened;
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    throw new AppError(
      'not-found',
      `The backup ${basename(path)} is not there any more. Choose another one.`,
    );
  }
}
