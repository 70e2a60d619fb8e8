/**
 * Files that are whole or as they were: written beside the file that is meant, under a name of their own, and put in its
 * place in one step when all is on the disk.
 */
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import { type Leftovers, NO_LEFTOVERS, temporaryBeside } from '../export/leftovers.ts';
import { syncFolder } from '../export/sync-folder.ts';
import { textSink } from '../export/text-sink.ts';
import { attempt } from '../export/write-error.ts';
import { hasCode } from '../process/system-error.ts';

export interface ReplacementFile {
  /** Adds text; one call after another. After an error the file is given up and nothing is left of it. */
  write(text: string): Promise<void>;
  /** Brings all of it to the disk: there is nothing left to do then but the rename. */
  prepare(): Promise<void>;
  /**
   * Syncs and renames: only now does the file exist under its name, and one that was there is replaced.
   * @param signal ends it while it is not too late
   */
  finish(signal?: AbortSignal): Promise<{ sizeBytes: number }>;
  /** Gives up what is not finished. What was there before stays. */
  cancel(): Promise<void>;
}

export interface ReplacementOptions {
  isGzip?: boolean;
  leftovers?: Leftovers;
}

/**
 * Begins a file.
 * @param path absolute
 * @throws AppError `io` where the folder is not there or may not be written to
 */
export async function openReplacement(
  path: string,
  { isGzip = false, leftovers = NO_LEFTOVERS }: ReplacementOptions = {},
): Promise<ReplacementFile> {
  const { target, mode } = await targetOf(path);
  const temporary = temporaryBeside(target);
  const forget = await attempt(path, () => leftovers.remember(temporary));
  const file = await attempt(path, () => open(temporary, 'wx', mode)).catch(async (error: unknown) => {
    await forget();
    throw error;
  });
  const sink = textSink(file, { isGzip });
  let isOpen = true;
  /** Once all of it is on the disk. */
  let sizeBytes: number | null = null;

  async function giveUp(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    if (sizeBytes === null) {
      await sink.destroy();
      await file.close();
    }
    await rm(temporary, { force: true });
    await forget();
  }

  async function step<T>(work: () => Promise<T>): Promise<T> {
    if (!isOpen) {
      throw new AppError('closing', `Expected ${path} to be open for writing, but it was closed.`);
    }
    try {
      return await attempt(path, work);
    } catch (error) {
      await giveUp();
      throw error;
    }
  }

  async function bringToDisk(): Promise<number> {
    if (sizeBytes !== null) return sizeBytes;
    await sink.end();
    await file.sync();
    const { size } = await file.stat();
    // Windows renames no file that is open.
    await file.close();
    sizeBytes = size;
    return size;
  }

  return {
    write: (text) => step(() => sink.write(text)),

    prepare: () => step(async () => void (await bringToDisk())),

    finish: (signal) =>
      step(async () => {
        const size = await bringToDisk();
        signal?.throwIfAborted();
        await rename(temporary, target);
        isOpen = false;
        await forget();
        await syncFolder(dirname(target));
        return { sizeBytes: size };
      }),

    cancel: giveUp,
  };
}

/** Follows a link, so that the file it points to is replaced and the link stays; keeps who may read that file. */
export async function targetOf(path: string): Promise<{ target: string; mode: number }> {
  return attempt(path, async () => {
    try {
      const target = await realpath(path);
      return { target, mode: (await stat(target)).mode & 0o777 };
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return { target: path, mode: 0o666 };
      throw error;
    }
  });
}
