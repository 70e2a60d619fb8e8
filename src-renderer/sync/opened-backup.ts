/** A backup that main has opened, read from here page by page. */

import { AppError } from '#shared/app-error.ts';
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import type { BackupContents, BackupKind, BackupOpened, BackupRecord } from '#shared/contract/backups.ts';
import { unwrap } from '#shared/contract/result.ts';
import { ROWS_A_TRANSACTION } from '../db/write-rows.ts';

export interface ReadOptions {
  /** Called now and then with how many bytes of the file were read. */
  onRead?: (bytesRead: number, sizeBytes: number) => void;
  signal?: AbortSignal;
  /** Waits between two looks. */
  wait?: () => Promise<void>;
}

const LOOK_EVERY_MS = 150;

/**
 * Waits until main has read a backup through.
 * @throws AppError `invalid-document` where it can't be read: the sentence names it and says what to do
 */
export async function readThrough(
  api: Pick<JobdeckApi, 'backupReading'>,
  { openId, sizeBytes }: BackupOpened,
  { onRead, signal, wait = shortWait }: ReadOptions = {},
): Promise<BackupContents> {
  for (;;) {
    signal?.throwIfAborted();
    const reading = unwrap(await api.backupReading({ openId }));
    if (reading.state === 'read') return reading.contents;
    if (reading.state === 'failed') throw new AppError('invalid-document', reading.problem);
    onRead?.(reading.bytesRead, sizeBytes);
    await wait();
  }
}

/** All records of a kind, a page at a time. */
export async function* recordsOf<K extends BackupKind>(
  api: Pick<JobdeckApi, 'readBackup'>,
  openId: string,
  kind: K,
  limit = ROWS_A_TRANSACTION,
): AsyncGenerator<Extract<BackupRecord, { kind: K }>[]> {
  for (let after: number | null = -1; after !== null; ) {
    const page: { records: BackupRecord[]; next: number | null } = unwrap(
      await api.readBackup({ openId, kind, after, limit }),
    );
    yield page.records.filter((record): record is Extract<BackupRecord, { kind: K }> => record.kind === kind);
    after = page.next;
  }
}

function shortWait(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
