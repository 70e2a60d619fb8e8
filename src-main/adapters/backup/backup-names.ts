/** Names of backups. Each says when and why it was made, and what is in it, so that listing them reads none. */
import { BACKUP_REASONS, type BackupReason } from '#shared/contract/backups.ts';
import { isDateTime } from '../validators/index.ts';

export interface NamedBackup {
  name: string;
  /** RFC 3339, to the second. */
  createdAt: string;
  reason: BackupReason;
  /** The beginning of the digest of its records: two backups with one mark have the same records. */
  mark: string;
}

const NAME = /^jobdeck-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-([a-z]+)-([\da-f]{16})\.ndjson\.gz$/u;

/** @param digest of the records, hexadecimal */
export function backupName(createdAt: string, reason: BackupReason, digest: string): string {
  const time = createdAt.replace(/\.\d+/u, '').replaceAll(/[-:]/gu, '');
  return `jobdeck-${time}-${reason}-${markOf(digest)}.ndjson.gz`;
}

export function markOf(digest: string): string {
  return digest.slice(0, 16);
}

/** Null for the name of anything else: such files are left alone. */
export function parseBackupName(name: string): NamedBackup | null {
  const [, year, month, day, hour, minute, second, word, mark] = NAME.exec(name) ?? [];
  const reason = BACKUP_REASONS.find((each) => each === word);
  const createdAt = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  if (reason === undefined || mark === undefined || !isDateTime(createdAt)) return null;
  return { name, createdAt, reason, mark };
}

const WEEK_MS = 7 * 24 * 3_600_000;
const WEEKS = 4;

/**
 * Those that may go: all but the newest `keep`, and the newest of each of the last four weeks, so that what is noticed
 * late can still be gone back to.
 * @param backups newest first
 */
export function surplus<T extends Pick<NamedBackup, 'createdAt'>>(
  backups: readonly T[],
  keep: number,
  nowMs: number,
): T[] {
  const weeks = new Set<number>();
  return backups.filter(({ createdAt }, index) => {
    const week = weekOf(Date.parse(createdAt));
    const isKept = index < keep || (week > weekOf(nowMs) - WEEKS && !weeks.has(week));
    weeks.add(week);
    return !isKept;
  });
}

/** Weeks that begin where 1970 did: one that began with each day would lose its backup before it is a week old. */
function weekOf(timeMs: number): number {
  return Math.floor(timeMs / WEEK_MS);
}
