import { describe, expect, it } from 'vitest';
import { runnerSentence } from '../../../../../src-renderer/features/sidebar/runner-sentence.ts';

const status = { slots: 4, running: 0, pending: 0, callbacksDue: 0, problem: null, queues: [], holds: [] };

describe('runnerSentence', () => {
  it.each([
    [status, 'Idle, 4 slots'],
    [{ ...status, slots: 1 }, 'Idle, 1 slot'],
    [{ ...status, running: 2, pending: 3 }, '2 of 4 slots · 3 waiting'],
    [{ ...status, running: 1, callbacksDue: 1 }, '1 of 4 slots · 1 callback due'],
  ])('gives %o as %s', (given, sentence) => {
    expect(runnerSentence(given)).toBe(sentence);
  });
});
