/** Reading a command's arguments. What is wrong is an AppError `bad-request` with a sentence. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { AppError } from '#shared/app-error.ts';

export const DATA_OPTION = { data: { type: 'string' } } as const;

/** Options and the other arguments of a command, as `parseArgs` of Node reads them. */
export function readArguments<T extends ParseArgsOptionsConfig>(name: string, args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw usageError(`${name}: ${reason}.`);
  }
}

/** At least one file, and standard input at most once. */
export function filesOf(name: string, positionals: string[]): string[] {
  if (positionals.length === 0) {
    throw usageError(`${name}: Expected at least one FILE, or - for standard input.`);
  }
  if (positionals.filter((file) => file === '-').length > 1) {
    throw usageError(`${name}: Expected - at most once: standard input can be read once.`);
  }
  return positionals;
}

/** Job ids, or beginnings of them. */
export function idsOf(name: string, positionals: string[]): string[] {
  if (positionals.length === 0) throw usageError(`${name}: Expected the ID of a job, or its beginning.`);
  return positionals;
}

export function oneId(name: string, positionals: string[]): string {
  const [id = '', ...rest] = idsOf(name, positionals);
  nothingMore(name, rest);
  return id;
}

export function oneFile(name: string, positionals: string[]): string {
  const [file = '', ...rest] = positionals;
  if (file === '') throw usageError(`${name}: Expected a FILE.`);
  nothingMore(name, rest);
  return file;
}

export function nothingMore(name: string, positionals: string[]): void {
  const [first] = positionals;
  if (first !== undefined) throw usageError(`${name}: Expected nothing more, got ${JSON.stringify(first)}.`);
}

/** A path that may be absent. */
export function pathOf(option: string, value: string | undefined): string | null {
  if (value === '') throw usageError(`Expected a path after --${option}, got nothing.`);
  return value ?? null;
}

/** The data directory, where a command needs one. */
export function dataOf(name: string, value: string | undefined): string {
  const data = pathOf('data', value);
  if (data === null) throw usageError(`${name}: Expected --data DIR: the data directory of a run.`);
  return data;
}

/** The URL of a callback, or null where the option is absent. Where it may lead is checked when it is sent. */
export function callbackUrlOf(option: string, value: string | undefined): string | null {
  return value === undefined ? null : httpUrlOf(option, 'http://127.0.0.1:8080/done', value);
}

/** As it was given. */
export function httpUrlOf(option: string, example: string, value: string | undefined): string {
  const url = URL.parse(value ?? '');
  if (value !== undefined && (url?.protocol === 'http:' || url?.protocol === 'https:')) return value;
  const got = value === undefined ? '' : `, got ${JSON.stringify(value)}`;
  throw usageError(`Expected --${option} URL, such as ${example}${got}.`);
}

/** A whole number in a range, or null where the option is absent. */
export function numberOf(
  option: string,
  value: string | undefined,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): number | null {
  if (value === undefined) return null;
  const number = Number(value);
  if (/^\d+$/u.test(value) && number >= least && number <= most) return number;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  throw usageError(`Expected a whole number ${range} after --${option}, got ${JSON.stringify(value)}.`);
}

export function usageError(message: string): AppError {
  return new AppError('bad-request', message);
}
