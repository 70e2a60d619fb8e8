/** An export as a folder: the file of records, and the other files below it. */
import { type FileHandle, lstat, mkdir, open as openFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import { hasCode } from '../process/system-error.ts';
import type { ExportTarget } from './export-target.ts';
import type { Leftovers } from './leftovers.ts';
import { openMakingFolder } from './making-folder.ts';
import { syncFolder } from './sync-folder.ts';
import { attempt } from './write-error.ts';

/**
 * Begins a folder. It is made under a temporary name beside it, and gets its own once it is whole.
 * @param path absolute
 * @param recordsName of the file of records
 * @throws AppError `conflict` where there is something under that name: a folder is never replaced; `io`
 */
export async function openFolderTarget(
  path: string,
  recordsName: string,
  leftovers: Leftovers,
): Promise<ExportTarget> {
  await refuseExisting(path);
  const making = await openMakingFolder(path, leftovers);
  let records: FileHandle | null = await openFile(join(making.path, recordsName), 'wx').catch(
    async (error) => {
      await making.remove();
      throw error;
    },
  );
  let sizeBytes = 0;

  const open = (): FileHandle => {
    if (records !== null) return records;
    throw new AppError('closing', `Expected ${path} to be open for writing, but it was closed.`);
  };
  const close = async (): Promise<void> => {
    const closing = records;
    records = null;
    await closing?.close();
  };

  return {
    write: (text) =>
      attempt(path, async () => {
        await open().writeFile(text);
        sizeBytes += Buffer.byteLength(text);
      }),

    add: ({ name, modifiedAt, bytes }) =>
      attempt(path, async () => {
        open();
        const target = join(making.path, ...name.split('/'));
        await mkdir(dirname(target), { recursive: true });
        const file = await openFile(target, 'w');
        try {
          for await (const chunk of bytes()) {
            await file.writeFile(chunk);
            sizeBytes += chunk.length;
          }
          await file.utimes(modifiedAt, modifiedAt);
          await file.sync();
        } finally {
          await file.close();
        }
      }),

    async finish(signal) {
      try {
        await attempt(path, async () => {
          await open().sync();
          await close();
          await syncFolder(making.path);
          // The system itself would put it in the place of an empty one.
          await refuseExisting(path);
          signal.throwIfAborted();
          await rename(making.path, path);
          await syncFolder(dirname(path));
        });
      } finally {
        await close();
        await making.remove();
      }
      return { sizeBytes };
    },

    async cancel() {
      await close();
      await making.remove();
    },
  };
}

async function refuseExisting(path: string): Promise<void> {
  try {
    await lstat(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  throw new AppError('conflict', `Expected a new name for the folder, got ${path}, which is there already.`);
}
