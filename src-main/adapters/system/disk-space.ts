/** Space on the disk that holds a folder. */
import { statfs } from 'node:fs/promises';
import type { DiskSpace } from '../../core/ports.ts';

/** With less than this a disk is full: what is left is kept by the file system, or too small for a write. Bytes. */
const FULL_BELOW_BYTES = 1024 * 1024;

/** @param directory any folder of that disk; must exist when it is asked */
export function createDiskSpace(directory: string): DiskSpace {
  return { freeBytes: () => freeBytesAt(directory) };
}

/** True where nothing more can be written: no space, or no room for another file. */
export async function isDiskFull(directory: string): Promise<boolean> {
  const { bavail, bsize, files, ffree } = await statfs(directory);
  // Some file systems make room for files as they need it, and say 0 of both.
  return bavail * bsize < FULL_BELOW_BYTES || (files > 0 && ffree === 0);
}

/** What a user who is not the administrator may still write. */
async function freeBytesAt(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
