import { formatBytes } from '../components/format/bytes.ts';
import type { CleanUpNote } from '../db/clean-up-note.ts';
import { countOf, formatCount } from './count-words.ts';

/** What goes, or went: "12 jobs and the output of 30 others, 1.2 GB". */
export function cleanedWords({
  jobs,
  outputs,
  bytes,
}: {
  jobs: number;
  outputs: number;
  bytes: number;
}): string {
  const what = [
    jobs > 0 ? countOf(jobs, 'job') : '',
    outputs > 0
      ? `the output of ${jobs > 0 ? `${formatCount(outputs)} ${outputs === 1 ? 'other' : 'others'}` : countOf(outputs, 'job')}`
      : '',
  ].filter(Boolean);
  if (what.length === 0) return 'nothing';
  return what.join(' and ') + (bytes > 0 ? `, ${formatBytes(bytes)}` : '');
}

/** What is told at the end of a clean-up; one that did not come to its end says so. */
export function cleanedSentence(note: CleanUpNote): string {
  return note.isWhole === false
    ? `The clean-up was stopped on its way. What went before: ${cleanedWords(note)}.`
    : `Cleaned up: ${cleanedWords(note)}.`;
}
