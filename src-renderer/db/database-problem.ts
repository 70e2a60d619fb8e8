/** What the database refused to do, as a sentence with what to do about it. */
import { Dexie } from 'dexie';

export type DatabaseProblem = 'full' | 'newer' | 'closed' | 'damaged' | 'other';

/**
 * What kind of problem an error of the database is. `damaged` is what only a database gives that can not be read or
 * opened (IndexedDB 3.0, "exceptions": `UnknownError`, `DataError` of its own data; `NotReadableError` in Chromium).
 */
export function databaseProblemOf(error: unknown): DatabaseProblem {
  const names = namesOf(error);
  const is = (...wanted: string[]) => wanted.some((name) => names.includes(name));
  if (is('QuotaExceededError')) return 'full';
  if (is('VersionError')) return 'newer';
  if (is('UnknownError', 'NotReadableError', 'DataError', 'NotFoundError')) return 'damaged';
  if (is('DatabaseClosedError', 'InvalidStateError')) return 'closed';
  return 'other';
}

export const PROBLEM_SENTENCES = {
  full: 'The disk is full, or this window may keep no more. Free some space, or delete jobs that are no longer needed; nothing that runs is lost meanwhile.',
  newer: 'A newer version of Jobdeck has written this history. Start that version to see it.',
  closed:
    'The history was closed: its storage was deleted, or is damaged. Reload this window; where the history is gone, it comes back from the newest backup.',
  damaged:
    'The history is damaged. It can be set aside, not deleted, and built anew from the newest backup and what the runner still has.',
  other: null,
} as const satisfies Record<DatabaseProblem, string | null>;

/** The sentence for an error of the database; null where it is none that is known. */
export function databaseProblemSentence(error: unknown): string | null {
  return PROBLEM_SENTENCES[databaseProblemOf(error)];
}

/**
 * What went wrong, as a sentence, wherever the database may have been part of it: its own where it refused. Errors of
 * other parts of the browser have the same names, and stand for something else.
 */
export function errorSentence(error: unknown): string {
  const sentence = isOfDatabase(error) ? databaseProblemSentence(error) : null;
  return sentence ?? (error instanceof Error ? error.message : String(error));
}

function isOfDatabase(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    if (current instanceof Dexie.DexieError) return true;
    current = current.cause;
  }
  return false;
}

/** The names of an error and of those it was made from: Dexie wraps what the browser threw. */
function namesOf(error: unknown): string[] {
  const names: string[] = [];
  for (let current = error; current instanceof Error && names.length < 5; ) {
    names.push(current.name);
    current = 'inner' in current ? current.inner : current.cause;
  }
  return names;
}
