/**
 * The text of a backup, before it is packed: a line of JSON that says what it is, a line a record, and a last one that
 * says how many there are, with the SHA-256 of all lines of records, each with its line feed. The seal is an
 * HMAC-SHA256 over the first line and that digest, by a key that stays in the data directory: who has no key makes no
 * file that passes for one of our own.
 */
import { createHmac } from 'node:crypto';
import { BACKUP_KINDS, type BackupCounts } from '#shared/contract/backups.ts';
import { parseJson } from '#shared/json/parse-json.ts';
import { isDateTime } from '../validators/index.ts';

export const BACKUP_FORMAT = 'jobdeck-backup';
export const BACKUP_VERSION = 1;

export interface BackupHeader {
  format: typeof BACKUP_FORMAT;
  version: number;
  /** RFC 3339. */
  createdAt: string;
  /** The version of the Jobdeck that wrote it. */
  app: string;
}

export interface BackupEnd {
  counts: BackupCounts;
  sha256: string;
  seal: string;
}

/** How the last line begins, and no other. */
const END = '{"end":';

export function endLine(end: BackupEnd): string {
  return JSON.stringify({ end });
}

export function isEndLine(line: string): boolean {
  return line.startsWith(END);
}

/** @param header the first line, without its line feed */
export function sealOf(key: Uint8Array, header: string, sha256: string): string {
  return createHmac('sha256', key).update(`${header}\n${sha256}`).digest('hex');
}

export function noBackupCounts(): BackupCounts {
  return { job: 0, delivery: 0, view: 0 };
}

/** Null for a line that is none. */
export function parseHeader(line: string): BackupHeader | null {
  const value = parseLine(line);
  if (!isRecord(value) || value.format !== BACKUP_FORMAT || typeof value.version !== 'number') return null;
  const { createdAt, app, version } = value;
  if (typeof createdAt !== 'string' || !isDateTime(createdAt) || typeof app !== 'string') return null;
  return { format: BACKUP_FORMAT, version, createdAt, app };
}

export function parseEnd(line: string): BackupEnd | null {
  const value = parseLine(line);
  const end = isRecord(value) ? value.end : null;
  if (!isRecord(end) || typeof end.sha256 !== 'string' || typeof end.seal !== 'string') return null;
  const { counts, sha256, seal } = end;
  if (!isRecord(counts) || !BACKUP_KINDS.every((kind) => Number.isSafeInteger(counts[kind]))) return null;
  return { counts: counts as unknown as BackupCounts, sha256, seal };
}

/** Undefined for what is no JSON. */
export function parseLine(line: string): unknown {
  try {
    return parseJson(line);
  } catch {
    // Who asked names the line.
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
