import { describe, expect, it } from 'vitest';
import { DELIVERY_STATES } from '#shared/callback/delivery.ts';
import {
  attemptOutcome,
  deliveryPhrase,
  deliverySentence,
  prettyBody,
  unsentSentence,
  whatCanBeDoneWith,
} from '../../../../src-renderer/words/callback-words.ts';
import { attempted } from '../../../fakes/fake-deliveries.ts';
import { historyDelivery } from '../../../fakes/history-deliveries.ts';
import { sampleJob, sampleJobIn } from '../../../fakes/sample-jobs.ts';

const due = historyDelivery(0);
const dueMs = Date.parse(due.nextAttemptAt ?? '');
const failed = attempted(
  due,
  { startedAt: due.createdAt, statusCode: 503, error: 'It answered 503.' },
  new Date(dueMs + 300_000).toISOString(),
);

describe('how a delivery stands', () => {
  it('counts down to its next try, and is being sent when that has come', () => {
    expect(deliveryPhrase(due, dueMs - 5000)).toBe('first try in 5 s');
    expect(deliveryPhrase(due, dueMs)).toBe('being sent');
    expect(deliveryPhrase(failed, dueMs)).toBe('next try in 5 min');
    expect(deliveryPhrase(failed, dueMs + 300_001)).toBe('being sent again');
  });

  it('tells each end from the others', () => {
    const phrases = DELIVERY_STATES.map((state) => deliveryPhrase({ ...failed, state }, dueMs));
    expect(new Set(phrases).size).toBe(DELIVERY_STATES.length);
    expect(deliveryPhrase({ ...failed, state: 'delivered', attemptCount: 2 }, dueMs)).toBe(
      'delivered at attempt 2',
    );
    expect(deliveryPhrase({ ...failed, state: 'abandoned', attemptCount: 10 }, dueMs)).toBe(
      'given up after 10 attempts',
    );
    expect(deliverySentence({ ...failed, state: 'held' }, dueMs)).toBe('Held until you allow it');
  });

  it('says of an attempt what was answered, or that nothing was', () => {
    const [attempt] = failed.attempts;
    if (attempt === undefined) throw new Error('Expected an attempt.');
    expect(attemptOutcome(attempt)).toBe('Answered 503');
    expect(attemptOutcome({ ...attempt, statusCode: 204 })).toBe('Delivered, 204');
    expect(attemptOutcome({ ...attempt, statusCode: 302 })).toBe('Answered 302');
    expect(attemptOutcome({ ...attempt, statusCode: null })).toBe('No answer');
  });
});

it('what is over is sent again and not stopped; what is held is allowed or stopped, and not sent', () => {
  expect(whatCanBeDoneWith('due')).toEqual({ send: true, stop: true, allow: false });
  expect(whatCanBeDoneWith('held')).toEqual({ send: false, stop: true, allow: true });
  for (const state of ['delivered', 'abandoned', 'stopped'] as const) {
    expect(whatCanBeDoneWith(state)).toEqual({ send: true, stop: false, allow: false });
  }
});

it('a job with nothing sent says when it is, or why not', () => {
  const callback = { callback_url: 'https://example.org/' };
  expect(unsentSentence({ ...sampleJob(0), ...callback })).toBe('It is sent when the job has ended.');
  expect(unsentSentence({ ...sampleJobIn('completed', 0), ...callback })).toMatch(/switched off/u);
  const sent = { ...callback, callback_sent_at: '2026-11-01T08:02:00Z', callback_status_code: 500 };
  expect(unsentSentence({ ...sampleJobIn('completed', 0), ...sent })).toBe(
    'Answered 500, which is not a success.',
  );
});

it('a body is shown as JSON where it is, and as it came where it is not', () => {
  expect(prettyBody('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(prettyBody('<html>')).toBe('<html>');
});
