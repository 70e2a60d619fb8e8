import { describe, expect, it } from 'vitest';
import type { BatchProgress } from '#shared/contract/runner-state.ts';
import { progressWords, shareDone } from '../../../src-main/cli/run/progress-words.ts';
import { durationWords } from '../../../src-main/cli/words.ts';

const JOBS = { total: 5, done: 2, notCompleted: 0, running: 1, callbacksDue: 0, seconds: 12 };

function batch(
  rest: Partial<BatchProgress> & { done: number; failed?: number; total: number },
): BatchProgress {
  const { done, failed = 0, total, ...progress } = rest;
  const counts = { pending: total - done - failed, running: 0, completed: done, failed, cancelled: 0 };
  return { isLoaded: true, counts, itemsPerSecond: null, etaMs: null, ...progress };
}

describe('the progress of a run', () => {
  it('counts jobs, and says how many did not complete', () => {
    expect(progressWords(JOBS, [])).toBe('2 of 5 done, 1 running, 12 s');
    expect(progressWords({ ...JOBS, notCompleted: 1 }, [])).toBe(
      '2 of 5 done, 1 not completed, 1 running, 12 s',
    );
  });

  it('says what it waits for once no job runs any more', () => {
    expect(progressWords({ ...JOBS, callbacksDue: 1 }, [])).toBe('2 of 5 done, 1 running, 12 s');
    expect(progressWords({ ...JOBS, done: 5, running: 0, callbacksDue: 1 }, [])).toBe(
      '5 of 5 done, 0 running, 12 s; 1 callback to deliver',
    );
  });

  it('adds up the items of all batches that run, and waits for the last of them', () => {
    const batches = [
      batch({ done: 10, failed: 2, total: 100, itemsPerSecond: 4.25, etaMs: 20_000 }),
      batch({ done: 5, total: 50, itemsPerSecond: 1, etaMs: 45_000 }),
    ];
    expect(progressWords(JOBS, batches)).toBe(
      '2 of 5 done, 1 running, 12 s; items: 17 of 150, 2 failed, 5.3/s, about 45 s left',
    );
  });

  it('promises no time and no total that it does not know', () => {
    const batches = [
      batch({ done: 1, total: 9, isLoaded: false }),
      batch({ done: 1, total: 9, etaMs: 1000 }),
    ];
    expect(progressWords(JOBS, batches)).toBe('2 of 5 done, 1 running, 12 s; items: 2 of 18 or more');
  });

  it('is the part of the jobs that is done, and of each batch that runs its own part', () => {
    expect(shareDone({ ...JOBS, total: 0 }, [])).toBe(0);
    expect(shareDone(JOBS, [])).toBeCloseTo(0.4);
    expect(
      shareDone(JOBS, [batch({ done: 40, failed: 10, total: 100 }), batch({ done: 0, total: 0 })]),
    ).toBeCloseTo(0.5);
  });
});

describe('a duration', () => {
  it.each([
    [400, '0 s'],
    [59_400, '59 s'],
    [60_000, '1 min'],
    [3_599_000, '59 min'],
    [3_600_000, '1 h'],
    [3_900_000, '1 h 5 min'],
    [90_000_000, '1 d 1 h'],
  ])('of %d ms is %s', (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });
});
