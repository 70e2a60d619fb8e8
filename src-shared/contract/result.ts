/** Errors cross the bridge as values: a closed code and a sentence a person can act on. */
import { AppError, type AppErrorCode } from '../app-error.ts';

export interface AppErrorValue {
  code: AppErrorCode;
  message: string;
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: AppErrorValue };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(code: AppErrorCode, message: string): Result<never> {
  return { ok: false, error: { code, message } };
}

/** An error as it may cross a boundary: its code and sentence, or `internal` for what nobody foresaw. */
export function toErrorValue(error: unknown): AppErrorValue {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** The value of a result, or its error thrown. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new AppError(result.error.code, result.error.message);
}
