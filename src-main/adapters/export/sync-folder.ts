import { open } from 'node:fs/promises';
import { hasCode } from '../process/system-error.ts';

/**
 * A new name must survive a power cut, too. Windows has no such call and needs none; where a file system does not know
 * it, or the folder may be written to and not read, the name is there all the same, as safe as it gets.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!isNoFolderSync(error)) throw error;
  }
}

/** Whether an error says that folders can not be synced there, and not that the disk has failed. */
export function isNoFolderSync(error: unknown): boolean {
  return hasCode(error, 'EACCES', 'EPERM', 'EINVAL', 'ENOTSUP', 'EISDIR');
}
