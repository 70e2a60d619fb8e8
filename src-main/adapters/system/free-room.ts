/** Room that is left where Jobdeck is about to write much: twice what its runner wants back on a disk that was full. */
import { AppError } from '#shared/app-error.ts';

const MIB = 1024 * 1024;
const LEFT_BYTES = 256 * MIB;

/**
 * @param freeBytes asks the system
 * @param where of the disk, as in "in /tmp, where what is read is kept"
 * @param advice what to do about it
 * @throws AppError `disk-full` where less is free than is to be left
 */
export async function requireFreeRoom(
  freeBytes: () => Promise<number>,
  where: string,
  advice: string,
): Promise<void> {
  const free = await freeBytes().catch(() => null);
  // Where the system does not know, writing tells.
  if (free === null || free >= LEFT_BYTES) return;
  throw new AppError(
    'disk-full',
    `Expected at least ${LEFT_BYTES / MIB} MiB to stay free ${where}, got ${Math.floor(free / MIB)} MiB: ${advice}.`,
  );
}
