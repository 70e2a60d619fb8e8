/** Words of a search: what the index has of a row, and where that is not all of them, what its record says. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobRow } from '../job-row.ts';
import { TEXT_FIELDS, textsOf } from '../record-texts.ts';
import { CUT, entryBounds, isWord, MARK } from '../search-words.ts';
import { wordsOf } from '../words.ts';
import type { Condition, Source } from './reading.ts';

/**
 * All of these words, each whole or its beginning. They are found where the index has them, which is of very long
 * texts the first words alone; the negation leaves out every row that says them anywhere.
 */
export function hasWords(
  words: readonly string[],
  areWhole: boolean,
): Condition & Required<Pick<Condition, 'leavesOut'>> {
  const wanted = words.map((word) => (areWhole ? `${word}${MARK}` : word));
  const isIndexed = (row: JobRow) =>
    wanted.every((start) => row.words.some((entry) => isWord(entry) && entry.startsWith(start)));
  return {
    test: isIndexed,
    leavesOut: (row) => isIndexed(row) || (isCut(row) && saysAll(row.job, words, areWhole)),
    sources: words.map(
      (word): Source => (areWhole ? { by: 'words', words: [word] } : { by: 'prefix', prefix: word }),
    ),
  };
}

/** Whether the record has words that are not indexed. */
function isCut(row: JobRow): boolean {
  const start = entryBounds.first(CUT);
  return row.words.some((entry) => entry.startsWith(start));
}

function saysAll(job: BatchJob, words: readonly string[], areWhole: boolean): boolean {
  const left = new Set(words);
  for (const field of TEXT_FIELDS) {
    for (const text of textsOf(job, field)) {
      for (const word of wordsOf(text)) {
        for (const each of left) if (areWhole ? word === each : word.startsWith(each)) left.delete(each);
      }
      if (left.size === 0) return true;
    }
  }
  return false;
}
