/** Reading a backup through to its end: what is in it counts only once that was seen to be whole. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { basename } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import { BACKUP_KINDS, type BackupContents, type BackupRecord } from '#shared/contract/backups.ts';
import { createPause } from '../documents/pause.ts';
import { hasCode, messageOf } from '../process/system-error.ts';
import {
  BACKUP_VERSION,
  type BackupEnd,
  type BackupHeader,
  isEndLine,
  noBackupCounts,
  parseEnd,
  parseHeader,
  parseLine,
  sealOf,
} from './backup-format.ts';
import { packedLines } from './backup-lines.ts';
import { toBackupRecord } from './backup-record.ts';

export interface ReadBackupOptions {
  /** With it a backup is known to be one of our own. */
  key: Uint8Array;
  /**
   * Given the records as they come, and how many bytes of text they were; what it gives is waited for. Only once reading
   * has resolved it is known that the file is whole.
   */
  onRecords?: (records: BackupRecord[], bytes: number) => Promise<void> | undefined;
  /** Told how many bytes of the file were read so far. */
  onRead?: (bytes: number) => void;
  signal?: AbortSignal;
}

/** What to do about a backup that can't be read. */
const ADVICE = 'Choose another backup; this file was left as it is.';

/**
 * @param path absolute
 * @throws AppError `invalid-document` for what is damaged, cut off or no backup, `unsupported` for one of a newer
 * Jobdeck, `not-found`, `io`; the sentence names the file and says what to do
 */
export async function readBackup(path: string, options: ReadBackupOptions): Promise<BackupContents> {
  try {
    return await read(path, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw named(basename(path), error);
  }
}

async function read(
  path: string,
  { key, onRecords, onRead, signal }: ReadBackupOptions,
): Promise<BackupContents> {
  const hash = createHash('sha256');
  const counts = noBackupCounts();
  const lost = { count: 0, first: null as string | null };
  let header: { text: string; value: BackupHeader } | null = null;
  let end: BackupEnd | null = null;
  let bytesRead = 0;
  let lineNumber = 0;
  const pause = createPause();
  const onBytes = (bytes: number) => {
    bytesRead += bytes;
    onRead?.(bytesRead);
  };

  for await (const lines of packedLines(path, onBytes)) {
    signal?.throwIfAborted();
    const records: BackupRecord[] = [];
    let textBytes = 0;
    for (const bytes of lines) {
      await pause();
      textBytes += bytes.length;
      lineNumber += 1;
      const line = bytes.toString('utf8', 0, bytes.length - 1);
      if (end !== null) throw damaged(`it goes on after its end, in line ${lineNumber}`);
      if (header === null) header = { text: line, value: headerOf(line) };
      else if (isEndLine(line)) end = endOf(line, lineNumber);
      else {
        hash.update(bytes);
        const record = toBackupRecord(parseLine(line));
        if (typeof record === 'string') {
          lost.count += 1;
          lost.first ??= `Line ${lineNumber} is left out: ${record}.`;
        } else records.push(record);
        countLine(line, counts);
      }
    }
    await onRecords?.(records, textBytes);
  }

  if (header === null) throw damaged('it is empty');
  if (end === null) throw damaged(`it is cut off: its end is missing, after ${lineNumber} lines`);
  const sha256 = hash.digest('hex');
  const isWhole = sha256 === end.sha256 && BACKUP_KINDS.every((kind) => counts[kind] === end?.counts[kind]);
  if (!isWhole)
    throw damaged(
      'it was changed after it was made: its checksum or its counts are not those of its content',
    );
  return {
    createdAt: header.value.createdAt,
    appVersion: header.value.app,
    counts,
    isOwn: isSame(sealOf(key, header.text, sha256), end.seal),
    unreadable: lost.count,
    firstProblem: lost.first,
  };
}

/** By how the line begins, so that what can't be read is counted, too. */
function countLine(line: string, counts: BackupContents['counts']): void {
  for (const kind of BACKUP_KINDS) if (line.startsWith(`{"kind":"${kind}"`)) counts[kind] += 1;
}

function headerOf(line: string): BackupHeader {
  const header = parseHeader(line);
  if (header === null) throw damaged('its first line is not that of a backup');
  if (header.version <= BACKUP_VERSION) return header;
  throw new AppError(
    'unsupported',
    `it was made by Jobdeck ${header.app}, which is newer. Update Jobdeck to read it.`,
  );
}

function endOf(line: string, lineNumber: number): BackupEnd {
  const end = parseEnd(line);
  if (end === null) throw damaged(`its last line, ${lineNumber}, is not as it should be`);
  return end;
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function damaged(what: string): AppError {
  return new AppError('invalid-document', what);
}

function named(name: string, error: unknown): AppError {
  if (hasCode(error, 'ENOENT')) {
    return new AppError('not-found', `The backup ${name} is not there any more. Choose another one.`, {
      cause: error,
    });
  }
  if (!(error instanceof AppError)) {
    return new AppError('io', `The backup ${name} can't be read: ${messageOf(error)}. ${ADVICE}`, {
      cause: error,
    });
  }
  const advice = error.code === 'unsupported' ? '' : ` ${ADVICE}`;
  const what = error.message.replace(/\.$/u, '');
  return new AppError(error.code, `The backup ${name} can't be read: ${what}.${advice}`, { cause: error });
}
