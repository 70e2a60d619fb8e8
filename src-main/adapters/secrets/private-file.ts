/** JSON files for their owner alone. What is in them is a secret, and so never in a message. */
import { readFileSync } from 'node:fs';
import { AppError } from '#shared/app-error.ts';
import { codeOf } from '../process/system-error.ts';
import { accessOf, replaceFile, takeFromOthers } from './owner-only.ts';

export interface PrivateFileOptions<T> {
  path: string;
  /** What it holds, for sentences: "secrets". */
  what: string;
  /** What a file that is not there holds. */
  empty: T;
  /** Null where the value is not what the file should hold. */
  parse(value: unknown): T | null;
  format(content: T): unknown;
  /** Told of a file that others could read, or that can't be used. */
  onProblem: (error: AppError) => void;
}

export interface PrivateFile<T> {
  /** `empty` where the file can't be used. */
  content(): T;
  /** Why the file can't be used; null where it can. */
  readonly damage: AppError | null;
  /**
   * Durable on return. Nothing is written over a file that could not be read.
   * @throws AppError `disk-full` or `io`, and then the file is as it was; `damage`
   */
  replace(content: T): void;
}

/** Reads a file; what others could read is for its owner alone from then on. */
export function openPrivateFile<T>(options: PrivateFileOptions<T>): PrivateFile<T> {
  const { path, what, empty, format, onProblem } = options;
  let damage: AppError | null = null;
  let content = empty;
  try {
    content = read(options);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    damage = error;
    onProblem(error);
  }
  return {
    content: () => content,
    damage,
    replace(changed) {
      if (damage !== null) throw damage;
      try {
        replaceFile(path, `${JSON.stringify(format(changed), null, 2)}\n`);
      } catch (error) {
        const isFull = ['ENOSPC', 'EDQUOT'].includes(codeOf(error));
        const why = isFull ? 'the disk is full. Free some space and save again' : codeOf(error);
        throw new AppError(isFull ? 'disk-full' : 'io', `The ${what} could not be kept in ${path}: ${why}.`);
      }
      content = changed;
    },
  };
}

function read<T>({ path, what, empty, parse, onProblem }: PrivateFileOptions<T>): T {
  const reading = <R>(action: () => R): R => {
    try {
      return action();
    } catch (error) {
      const message = `The file of the ${what}, ${path}, can't be read: ${codeOf(error)}.`;
      throw new AppError('io', message, { cause: error });
    }
  };
  const access = reading(() => accessOf(path));
  if (access === 'missing') return empty;
  if (access === 'open') {
    takeFromOthers(path);
    const message = `${path} could be read by others. It no longer can, but replace its ${what}: they may be known.`;
    onProblem(new AppError('io', message));
  }
  const content = parse(parsed(reading(() => readFileSync(path, 'utf8'))));
  if (content !== null) return content;
  // Without the file's text: a part of it may be a secret.
  const message = `The file of the ${what}, ${path}, is damaged and was left as it is. Repair or remove it, then start Jobdeck again.`;
  throw new AppError('invalid-document', message);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The error quotes the text. The caller says what to do.
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
