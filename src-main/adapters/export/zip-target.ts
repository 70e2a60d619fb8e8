/** An export as a zip file: the file of records, and the other files in folders. */
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import { targetOf } from '../documents/replacement-file.ts';
import type { ExportTarget } from './export-target.ts';
import { bytesAt, writeAt } from './file-bytes.ts';
import type { Leftovers } from './leftovers.ts';
import { openMakingFolder } from './making-folder.ts';
import { syncFolder } from './sync-folder.ts';
import { attempt } from './write-error.ts';
import { createZipWriter } from './zip-writer.ts';

/**
 * Begins a zip file. The records come as other files do, in between, so they are gathered beside it first.
 * @param path absolute
 * @param recordsName of the file of records
 * @throws AppError `io` where the folder is not there or may not be written to
 */
export async function openZipTarget(
  path: string,
  recordsName: string,
  leftovers: Leftovers,
): Promise<ExportTarget> {
  const { target, mode } = await targetOf(path);
  const making = await openMakingFolder(target, leftovers);
  const archivePath = join(making.path, 'archive');
  const files: FileHandle[] = [];

  async function openFile(name: string, fileMode = 0o600): Promise<FileHandle> {
    const file = await attempt(path, () => open(join(making.path, name), 'wx+', fileMode));
    files.push(file);
    return file;
  }
  async function close(): Promise<void> {
    for (const file of files.splice(0)) await file.close();
  }
  async function giveUp(): Promise<void> {
    await close();
    await making.remove();
  }
  function expectOpen(): void {
    if (files.length > 0) return;
    throw new AppError('closing', `Expected ${path} to be open for writing, but it was closed.`);
  }

  try {
    const archive = await openFile('archive', mode);
    const zip = createZipWriter(archive, await openFile('directory'));
    const records = await openFile('records');
    let recordBytes = 0;

    return {
      write: (text) =>
        attempt(path, async () => {
          expectOpen();
          const bytes = Buffer.from(text);
          await writeAt(records, bytes, recordBytes);
          recordBytes += bytes.length;
        }),

      add: ({ name, modifiedAt, maxBytes, bytes }) =>
        attempt(path, async () => {
          expectOpen();
          await zip.add({ name, modifiedAt, maxBytes, bytes: bytes() });
        }),

      async finish(signal) {
        try {
          const sizeBytes = await attempt(path, async () => {
            expectOpen();
            const bytes = bytesAt(records, recordBytes, signal);
            await zip.add({ name: recordsName, modifiedAt: new Date(), maxBytes: recordBytes, bytes });
            await zip.finish();
            await archive.sync();
            const { size } = await archive.stat();
            await close();
            signal.throwIfAborted();
            await rename(archivePath, target);
            await syncFolder(dirname(target));
            return size;
          });
          return { sizeBytes };
        } finally {
          await giveUp();
        }
      },

      cancel: giveUp,
    };
  } catch (error) {
    await giveUp();
    throw error;
  }
}
