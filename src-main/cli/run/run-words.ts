/** What a run says at its beginning and its end. */
import { countOf } from '../words.ts';

export function foundWords(count: number): string {
  return `${countOf(count, 'job')} of an earlier run ${count === 1 ? 'is' : 'are'} finished too.`;
}

export function summary(finished: number, notCompleted: number): string {
  const jobs = `${countOf(finished, 'job')} finished`;
  return notCompleted === 0 ? `${jobs}, all completed.` : `${jobs}, ${notCompleted} of them not completed.`;
}

/** @param data the data directory as it was given; null for a temporary one */
export function leftWords(pending: number, data: string | null): string {
  if (pending === 0) return '';
  const isOne = pending === 1;
  if (data === null) {
    return ` ${pending} ${isOne ? 'was' : 'were'} not run; use --data DIR to be able to resume.`;
  }
  return ` ${pending} ${isOne ? 'is' : 'are'} left: "resume --data ${data}" runs ${isOne ? 'it' : 'them'}.`;
}
