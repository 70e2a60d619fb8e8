/** What went wrong in catching up, as a sentence a person can act on. */
import { AppError } from '#shared/app-error.ts';

export function problemSentence(error: unknown): string {
  const names = namesOf(error);
  if (names.includes('QuotaExceededError')) {
    return 'The history could not be written because the disk is full. Jobs go on; free some space, and the history catches up by itself.';
  }
  if (names.includes('DatabaseClosedError') || names.includes('InvalidStateError')) {
    return 'The history was closed, perhaps by a newer version in another window. Jobs go on; reload this window if this message stays.';
  }
  if (names.includes('VersionError')) {
    return 'A newer version of Jobdeck has written this history. Start that version to see it.';
  }
  if (error instanceof AppError) return `The history could not be brought up to date. ${error.message}`;
  return `The history could not be brought up to date and is tried again shortly. ${error instanceof Error ? error.message : String(error)}`;
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
