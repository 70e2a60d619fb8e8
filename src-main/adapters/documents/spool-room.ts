/** Whether the disk has room for what SQLite keeps in temporary files. */
import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { createDiskSpace } from '../system/disk-space.ts';
import { requireFreeRoom } from '../system/free-room.ts';

const MIB = 1024 * 1024;
/** How much may be written before the disk is looked at again. */
const LOOK_EVERY_BYTES = 32 * MIB;

export type FreeBytes = () => Promise<number>;

/**
 * Looks now and then, as bytes are written.
 * @returns rejects with AppError `disk-full` where there is too little left
 */
export function createRoomWatch(
  freeBytes: FreeBytes = createDiskSpace(temporaryFolder()).freeBytes,
): (writtenBytes: number) => Promise<void> | undefined {
  let sinceBytes = LOOK_EVERY_BYTES;
  return (writtenBytes) => {
    sinceBytes += writtenBytes;
    if (sinceBytes < LOOK_EVERY_BYTES) return undefined;
    sinceBytes = 0;
    return look(freeBytes);
  };
}

function look(freeBytes: FreeBytes): Promise<void> {
  return requireFreeRoom(
    freeBytes,
    `in ${temporaryFolder()}, where what is read is kept`,
    'make room there, or set TMPDIR to another folder',
  );
}

/** Where SQLite puts its temporary files (https://sqlite.org/tempfiles.html, section 5). */
function temporaryFolder(): string {
  if (process.platform === 'win32') return tmpdir();
  const { SQLITE_TMPDIR, TMPDIR } = process.env;
  return [SQLITE_TMPDIR, TMPDIR, '/var/tmp', '/usr/tmp'].find(isWritable) ?? '/tmp';
}

function isWritable(folder: string | undefined): folder is string {
  if (folder === undefined) return false;
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
