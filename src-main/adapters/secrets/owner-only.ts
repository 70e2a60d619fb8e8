/** Files that nobody but their owner may read. */
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import { isNoFolderSync } from '../export/sync-folder.ts';
import { hasCode, messageOf } from '../process/system-error.ts';

export type Access = 'missing' | 'private' | 'open';

/** Whether others may read or change a file. On Windows the folder's rights are what counts, and are not looked at. */
export function accessOf(path: string): Access {
  try {
    const { mode } = statSync(path);
    return process.platform !== 'win32' && (mode & 0o077) !== 0 ? 'open' : 'private';
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 'missing';
    throw error;
  }
}

/** @throws AppError `io` where the file is someone else's */
export function takeFromOthers(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch (error) {
    const message = `${path} can be read by others, and that can't be changed: ${messageOf(error)}. Run chmod 600 on it as its owner.`;
    throw new AppError('io', message, { cause: error });
  }
}

/** Puts a file in its place in one step, when all of it is on the disk: it is whole or as it was. Durable on return. */
export function replaceFile(path: string, text: string): void {
  const temporary = `${path}.part`;
  // What a crash left may be anyone's.
  rmSync(temporary, { force: true });
  const file = openSync(temporary, 'wx', 0o600);
  try {
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** The new name itself must survive a power cut. Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (!isNoFolderSync(error)) throw error;
  }
}
