import { describe, expect, it } from 'vitest';
import {
  type DraftFields,
  EMPTY_DOCUMENT,
  formOf,
  withForm,
} from '../../../../../src-renderer/features/new-job/draft/draft.ts';
import {
  answerSummary,
  detailsSummary,
  failureSummary,
  inputSummary,
  queueSummary,
  whenSummary,
} from '../../../../../src-renderer/features/new-job/draft/summaries.ts';

const form = (change: Partial<DraftFields> = {}) => formOf(withForm(EMPTY_DOCUMENT, change));

describe('the line of a part that is folded', () => {
  it('says what happens where nothing was set', () => {
    expect(inputSummary(form())).toBe('Nothing added');
    expect(answerSummary(form())).toBe('2xx is success, no redirects');
    expect(whenSummary(form())).toBe('As soon as there is a slot');
    expect(queueSummary(form())).toBe('Default queue');
    expect(failureSummary(form())).toBe('Tried once, no timeout');
    expect(detailsSummary(form())).toBe('None');
  });

  it('names what was set', () => {
    expect(inputSummary(form({ env: { A: '1', B: '2' }, stdin: 'x' }))).toBe('A, B, standard input');
    expect(queueSummary(form({ queue: 'gpu', priority: 5, after: ['a', 'b'], dedupKey: 'k' }))).toBe(
      'Gpu queue, priority 5, after 2 jobs, only one of “k”',
    );
    expect(failureSummary(form({ maxAttempts: 3, timeoutMs: 300_000, onInterrupt: 'rerun' }))).toBe(
      'Tried up to 3 times, ended after 5 min, runs again after an interruption',
    );
    expect(detailsSummary(form({ tags: ['a'], callbackUrl: 'https://example.org:8080/x?y' }))).toBe(
      'A, posts to example.org:8080',
    );
    expect(whenSummary(form({ hasSchedule: true, cron: '*/7 * * * *', timeZone: 'Asia/Tokyo' }))).toBe(
      'By the schedule */7 * * * *, Asia/Tokyo',
    );
  });
});
