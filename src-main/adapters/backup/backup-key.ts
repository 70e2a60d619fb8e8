/** The key that backups are sealed with. It stays in the data directory, and not among the backups. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import { hasCode, messageOf } from '../process/system-error.ts';
import { replaceFile } from '../secrets/owner-only.ts';

const KEY_BYTES = 32;

/**
 * The key of a data directory, made where there is none. Where it was lost, backups made before are read as those of
 * another.
 * @throws AppError `io`
 */
export function backupKey(dataDirectory: string): Uint8Array {
  const path = join(dataDirectory, 'backup-key');
  try {
    const kept = Buffer.from(readText(path), 'hex');
    if (kept.length === KEY_BYTES) return kept;
    const made = randomBytes(KEY_BYTES);
    replaceFile(path, `${made.toString('hex')}\n`);
    return made;
  } catch (error) {
    const message = `Expected to be able to keep the key of the backups in ${path}, got: ${messageOf(error)}`;
    throw new AppError('io', message, { cause: error });
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  }
}
