/** Words of a search: what the index has of a row, and where that does not tell, what its record says. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobRow } from '../job-row.ts';
import { TEXT_FIELDS, textsOf } from '../record-texts.ts';
import { CUT, entryBounds, isWord, MARK } from '../search-words.ts';
import { wordsOf } from '../words.ts';
import type { Condition, Source } from './reading.ts';

type WordCondition = Condition & Required<Pick<Condition, 'leavesOut'>>;

/**
 * All of these words, in any order, each whole or its beginning. They are found where the index has them, which is of
 * very long texts the first words alone; the negation leaves out every row that says them anywhere.
 */
export function hasWords(words: readonly string[], areWhole: boolean): WordCondition {
  const isIndexed = indexed(words, areWhole);
  return {
    test: isIndexed,
    leavesOut: (row) => isIndexed(row) || (isCut(row) && saysAll(row.job, words, areWhole)),
    sources: sourcesOf(words, areWhole),
  };
}

/** These words, whole, one right after the other in one text. The index does not know their order: the record does. */
export function hasPhrase(words: readonly string[]): WordCondition {
  const isIndexed = indexed(words, true);
  return {
    test: (row) => isIndexed(row) && saysInOrder(row.job, words),
    leavesOut: (row) => (isIndexed(row) || isCut(row)) && saysInOrder(row.job, words),
    sources: sourcesOf(words, true),
  };
}

function indexed(words: readonly string[], areWhole: boolean): (row: JobRow) => boolean {
  const wanted = words.map((word) => (areWhole ? `${word}${MARK}` : word));
  return (row) =>
    wanted.every((start) => row.words.some((entry) => isWord(entry) && entry.startsWith(start)));
}

function sourcesOf(words: readonly string[], areWhole: boolean): Source[] {
  return words.map((word) => (areWhole ? { by: 'words', words: [word] } : { by: 'prefix', prefix: word }));
}

/** Whether the record has words that are not indexed. */
function isCut(row: JobRow): boolean {
  const start = entryBounds.first(CUT);
  return row.words.some((entry) => entry.startsWith(start));
}

function saysAll(job: BatchJob, words: readonly string[], areWhole: boolean): boolean {
  const left = new Set(words);
  for (const said of wordsSaid(job)) {
    for (const word of said) {
      for (const each of left) if (areWhole ? word === each : word.startsWith(each)) left.delete(each);
    }
    if (left.size === 0) return true;
  }
  return false;
}

function saysInOrder(job: BatchJob, words: readonly string[]): boolean {
  const wanted = spaced(words);
  for (const said of wordsSaid(job)) if (spaced(said).includes(wanted)) return true;
  return false;
}

/** The words of each text of the record. */
function* wordsSaid(job: BatchJob): Generator<string[]> {
  for (const field of TEXT_FIELDS) for (const text of textsOf(job, field)) yield wordsOf(text);
}

function spaced(words: readonly string[]): string {
  return ` ${words.join(' ')} `;
}
