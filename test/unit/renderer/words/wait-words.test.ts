import { describe, expect, it } from 'vitest';
import { WAIT_REASONS } from '#shared/contract/runner-state.ts';
import { waitSentence, waitWord } from '../../../../src-renderer/words/wait-words.ts';

const NOW = Date.parse('2026-11-24T08:00:00Z');

describe('what a job waits for', () => {
  it('is told in a column and as a sentence, whatever it is', () => {
    for (const reason of WAIT_REASONS) {
      expect(waitWord(reason, null, NOW)).toMatch(/^[a-z][a-z ]{2,15}$/u);
      expect(waitSentence(reason)).toMatch(/^[A-Z][^.]+$/u);
    }
  });

  it.each([
    ['not-before', 65_000, 'in 1 min 5 s'],
    ['not-before', -1, 'due'],
    ['retry', 12_000, 'retry in 12 s'],
    ['retry', 0, 'retries now'],
  ] as const)('says how long it takes: %s after %i ms', (reason, leftMs, word) => {
    expect(waitWord(reason, NOW + leftMs, NOW)).toBe(word);
  });
});
