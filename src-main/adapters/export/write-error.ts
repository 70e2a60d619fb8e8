/** What goes wrong where something is written, in a sentence a person can act on. */
import { AppError } from '#shared/app-error.ts';
import { hasCode, messageOf } from '../process/system-error.ts';

/**
 * Does what may fail on the disk.
 * @param path what the sentence names
 * @throws AppError `disk-full`, `io`; an error that is one already as it is
 */
export async function attempt<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asWriteError(path, error);
  }
}

export function asWriteError(path: string, error: unknown): unknown {
  // An abort is no failure of the disk: whoever asked for it knows.
  if (error instanceof AppError || (error instanceof Error && error.name === 'AbortError')) return error;
  if (hasCode(error, 'ENOSPC', 'EDQUOT')) {
    const message = `Expected room on the disk for ${path}, got none: free some and try again.`;
    return new AppError('disk-full', message, { cause: error });
  }
  const message = `Expected to be able to write ${path}, got: ${messageOf(error)}`;
  return new AppError('io', message, { cause: error });
}
