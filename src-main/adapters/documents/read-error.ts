/** Why a file can't be read, as a sentence. */
import { AppError } from '#shared/app-error.ts';
import { hasCode, messageOf } from '../process/system-error.ts';

/** An AppError stays as it is. */
export function asReadError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const options = { cause: error };
  if (hasCode(error, 'ENOENT', 'ENOTDIR')) {
    return new AppError('not-found', `Expected a file at ${path}, got none.`, options);
  }
  if (hasCode(error, 'EISDIR')) {
    return new AppError('bad-request', `Expected a file, got the folder ${path}.`, options);
  }
  if (hasCode(error, 'EACCES', 'EPERM')) {
    return new AppError('io', `Expected to be allowed to read ${path}, but the system refuses it.`, options);
  }
  return new AppError('io', `Expected to be able to read ${path}, got: ${messageOf(error)}`, options);
}
