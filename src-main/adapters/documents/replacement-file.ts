/**
 * Files that are whole or as they were: written beside the file that is meant, under a name of their own, and put in its
 * place in one step when all is on the disk.
 */
import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '#shared/app-error.ts';

export interface ReplacementFile {
  /** Adds text, or what `text` gives in its turn. After an error of either the file is given up and nothing is left of it. */
  write(text: string | (() => string)): Promise<void>;
  /** Syncs and renames: only now does the file exist under its name, and one that was there is replaced. */
  finish(): Promise<{ sizeBytes: number }>;
  /** Gives the file up. What was there before stays. */
  cancel(): Promise<void>;
}

/**
 * Begins a file.
 * @param path absolute
 * @throws AppError `io` where the folder is not there or may not be written to
 */
export async function openReplacement(path: string): Promise<ReplacementFile> {
  const { target, mode } = await targetOf(path);
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}.part`);
  const file = await attempt(path, () => open(temporary, 'wx', mode));
  let sizeBytes = 0;
  let isOpen = true;
  // One after another, also where the callers do not wait.
  let queue: Promise<unknown> = Promise.resolve();

  async function giveUp(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    await file.close();
    await rm(temporary, { force: true });
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(async () => {
      if (!isOpen)
        throw new AppError('closing', `Expected ${path} to be open for writing, but it was closed.`);
      try {
        return await work();
      } catch (error) {
        await giveUp();
        throw error;
      }
    });
    queue = done.catch(() => undefined);
    return done;
  }

  return {
    write: (text) =>
      inTurn(async () => {
        const given = typeof text === 'string' ? text : text();
        await attempt(path, () => file.writeFile(given));
        sizeBytes += Buffer.byteLength(given);
      }),

    finish: () =>
      inTurn(async () => {
        await attempt(path, () => file.sync());
        await file.close();
        isOpen = false;
        try {
          await attempt(path, () => rename(temporary, target));
        } catch (error) {
          await rm(temporary, { force: true });
          throw error;
        }
        await syncFolder(dirname(target));
        return { sizeBytes };
      }),

    async cancel() {
      await queue;
      await giveUp();
    },
  };
}

/** Follows a link, so that the file it points to is replaced and the link stays; keeps who may read that file. */
async function targetOf(path: string): Promise<{ target: string; mode: number }> {
  try {
    const target = await realpath(path);
    return { target, mode: (await stat(target)).mode & 0o777 };
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return { target: path, mode: 0o666 };
    throw asAppError(path, error);
  }
}

/** The new name itself must survive a power cut. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function attempt<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asAppError(path, error);
  }
}

function asAppError(path: string, error: unknown): AppError {
  if (isSystemError(error, 'ENOSPC')) {
    const message = `Expected room on the disk for ${path}, got none: free some and try again.`;
    return new AppError('disk-full', message, { cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError('io', `Expected to be able to write ${path}, got: ${reason}`, { cause: error });
}

function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
