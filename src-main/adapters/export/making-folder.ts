/** The folder of a temporary name in which a folder or an archive is made, beside where it is to be. */
import { mkdir, rm } from 'node:fs/promises';
import { type Leftovers, temporaryBeside } from './leftovers.ts';
import { attempt } from './write-error.ts';

export interface MakingFolder {
  /** Absolute. */
  path: string;
  /** Removes it with all that is in it; harmless where it is gone. */
  remove(): Promise<void>;
}

/** @throws AppError `io`, `disk-full` */
export async function openMakingFolder(target: string, leftovers: Leftovers): Promise<MakingFolder> {
  const path = temporaryBeside(target);
  const forget = await attempt(target, () => leftovers.remember(path));
  const remove = async () => {
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
    await forget();
  };
  try {
    await attempt(target, () => mkdir(path));
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, remove };
}
