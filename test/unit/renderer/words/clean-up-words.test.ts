import { expect, it } from 'vitest';
import { backupCountWords } from '../../../../src-renderer/words/backup-words.ts';
import { cleanedSentence, cleanedWords } from '../../../../src-renderer/words/clean-up-words.ts';

it.each([
  [{ jobs: 12, outputs: 30, bytes: 1_200_000_000 }, '12 jobs and the output of 30 others, 1.2 GB'],
  [{ jobs: 1, outputs: 1, bytes: 512 }, '1 job and the output of 1 other, 512 B'],
  [{ jobs: 0, outputs: 1, bytes: 0 }, 'the output of 1 job'],
  [{ jobs: 1204, outputs: 0, bytes: 0 }, '1,204 jobs'],
  [{ jobs: 0, outputs: 0, bytes: 0 }, 'nothing'],
])('says what was cleaned up: %j', (note, words) => {
  expect(cleanedWords(note)).toBe(words);
});

it('says that a clean-up was stopped on its way', () => {
  const note = { atMs: 0, jobs: 3, outputs: 0, bytes: 0, isAutomatic: false };
  expect(cleanedSentence({ ...note, isWhole: true })).toBe('Cleaned up: 3 jobs.');
  // Of a version that knew no other.
  expect(cleanedSentence(note)).toBe('Cleaned up: 3 jobs.');
  expect(cleanedSentence({ ...note, isWhole: false })).toBe(
    'The clean-up was stopped on its way. What went before: 3 jobs.',
  );
});

it('says what is in a backup, and leaves out what is not', () => {
  expect(backupCountWords({ job: 1204, delivery: 1, view: 2 })).toBe('1,204 jobs, 1 callback, 2 saved views');
  expect(backupCountWords({ job: 1, delivery: 0, view: 0 })).toBe('1 job');
});
