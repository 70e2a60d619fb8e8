/** SQLite's failures as errors that a person can act on. */
import { AppError } from '#shared/app-error.ts';

// https://sqlite.org/rescode.html; the low byte of an extended code is its primary one.
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** Runs `action`; what SQLite throws becomes an AppError that names the file. */
export function explained<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw explain(file, error);
  }
}

export function explain(file: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const options = { cause: error };
  const detail = error instanceof Error ? error.message : String(error);
  switch (primaryCode(error)) {
    case SQLITE_FULL:
      return new AppError('disk-full', `The disk that holds ${file} is full: make room there.`, options);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return new AppError(
        'io',
        `${file} can't be opened for writing (${detail}): check its rights.`,
        options,
      );
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return new AppError(
        'io',
        `${file} is damaged (${detail}): move it away and put a backup in its place, or begin without it.`,
        options,
      );
    case SQLITE_BUSY:
      return new AppError('io', `Another program keeps ${file} locked: close it and try again.`, options);
    case SQLITE_IOERR:
      return new AppError('io', `The disk that holds ${file} reports an error (${detail}).`, options);
    default:
      return new AppError('io', `${file} can't be used: ${detail}`, options);
  }
}

export function isBusy(error: unknown): boolean {
  return primaryCode(error) === SQLITE_BUSY;
}

function primaryCode(error: unknown): number | null {
  const hasCode = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
  return hasCode ? Number(error.errcode) & 0xff : null;
}
