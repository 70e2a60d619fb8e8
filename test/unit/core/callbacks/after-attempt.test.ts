import { describe, expect, it } from 'vitest';
import { DEFAULT_CALLBACK_SCHEDULE_MS, type Delivery, MAX_ATTEMPTS_KEPT } from '#shared/callback/delivery.ts';
import { type AttemptContext, afterAttempt } from '../../../../src-main/core/callbacks/after-attempt.ts';
import { JITTER } from '../../../../src-main/core/callbacks/schedule.ts';
import type { CallbackReport } from '../../../../src-main/core/ports.ts';
import { answeredWith, DELIVERED, NO_ANSWER } from '../../../fakes/fake-callback-sender.ts';
import { sampleJob } from '../../../fakes/sample-jobs.ts';

const NOW = '2026-11-01T08:00:00.000Z';
const DAY_MS = 86_400_000;

const DUE: Delivery = {
  id: 'msg_00000000000000000000000000000000' as Delivery['id'],
  jobId: sampleJob(1).id,
  type: 'job.completed',
  url: 'https://example.org/done',
  state: 'due',
  reason: null,
  createdAt: NOW,
  updatedAt: NOW,
  nextAttemptAt: NOW,
  attemptCount: 0,
  step: 0,
  attempts: [],
};

function outcome(
  report: Partial<CallbackReport>,
  { drawn = 0, ...context }: Partial<AttemptContext> & { drawn?: number } = {},
  delivery = DUE,
): Delivery {
  const random = { next: () => drawn, uuid: () => '' };
  const scheduleMs = DEFAULT_CALLBACK_SCHEDULE_MS;
  const whole = { now: NOW, scheduleMs, random, isOffline: false, ...context };
  return afterAttempt(delivery, { ...DELIVERED, ...report }, whole);
}

const waitOf = ({ nextAttemptAt }: Delivery) => Date.parse(nextAttemptAt ?? '') - Date.parse(NOW);

describe('an attempt', () => {
  it.each([200, 201, 202, 204, 299])('that was answered %i has delivered', (status) => {
    expect(outcome(answeredWith(status))).toMatchObject({
      ...{ state: 'delivered', reason: null, nextAttemptAt: null, attemptCount: 1 },
      attempts: [{ number: 1, statusCode: status, error: null }],
    });
  });

  it.each([
    100, 199, 300, 301, 302, 304, 307, 308, 400, 401, 404, 409, 413, 422, 429, 500, 502, 503, 504, 599,
  ])('that was answered %i is followed by another', (status) => {
    expect(outcome(answeredWith(status))).toMatchObject({ state: 'due', step: 1, attemptCount: 1 });
  });

  it('that got no answer is followed by another', () => {
    expect(outcome(NO_ANSWER)).toMatchObject({
      ...{ state: 'due', step: 1 },
      attempts: [{ statusCode: null, error: 'Nothing listens there.' }],
    });
  });

  it('that was answered 410 stops the delivery, and says how to go on', () => {
    const stopped = outcome(answeredWith(410));
    expect(stopped).toMatchObject({ state: 'stopped', nextAttemptAt: null, attemptCount: 1 });
    expect(stopped.reason).toContain('410');
  });

  it('that was refused stops the delivery for the reason that the sender gave', () => {
    const refused = outcome({ ...NO_ANSWER, outcome: 'refused', error: 'It leads to 169.254.169.254.' });
    expect(refused).toMatchObject({ state: 'stopped', reason: 'It leads to 169.254.169.254.' });
  });

  it('that would have gone to this machine or its network holds the delivery and is no attempt', () => {
    const local = outcome({ ...NO_ANSWER, outcome: 'local', address: '192.168.0.7' });
    expect(local).toMatchObject({
      state: 'held',
      nextAttemptAt: null,
      attemptCount: 0,
      step: 0,
      attempts: [],
    });
    expect(local.reason).toContain('https://example.org');
    expect(local.reason).toContain('192.168.0.7');
  });

  it.each(DEFAULT_CALLBACK_SCHEDULE_MS.slice(1).map((waitMs, index) => [index + 1, waitMs] as const))(
    'number %i is followed by the next after %i ms, and at most a tenth more',
    (number, waitMs) => {
      const before = { ...DUE, step: number - 1, attemptCount: number - 1 };
      expect(waitOf(outcome(NO_ANSWER, { drawn: 0 }, before))).toBe(waitMs);
      const longest = waitOf(outcome(NO_ANSWER, { drawn: 1 - Number.EPSILON }, before));
      expect(longest).toBeGreaterThan(waitMs * (1 + JITTER / 2));
      expect(longest).toBeLessThanOrEqual(waitMs * (1 + JITTER));
    },
  );

  it('that is the last of the schedule abandons the delivery', () => {
    const last = DEFAULT_CALLBACK_SCHEDULE_MS.length;
    const abandoned = outcome(answeredWith(500), {}, { ...DUE, step: last - 1, attemptCount: last - 1 });
    expect(abandoned).toMatchObject({ state: 'abandoned', nextAttemptAt: null, attemptCount: last });
    expect(abandoned.reason).toContain('None of 10 attempts');
  });

  it('goes by the schedule as it is now, also where that has become shorter', () => {
    const third = { ...DUE, step: 2, attemptCount: 2 };
    expect(outcome(NO_ANSWER, { scheduleMs: [0, 1000] }, third).state).toBe('abandoned');
    expect(waitOf(outcome(NO_ANSWER, { scheduleMs: [0, 0, 0, 7000] }, third))).toBe(7000);
    expect(outcome(NO_ANSWER, { scheduleMs: [0] }).state).toBe('abandoned');
  });

  it.each([
    ['less than the schedule says: the schedule counts', 1000, 5000],
    ['more than it says', 60_000, 60_000],
    ['a day', DAY_MS, DAY_MS],
    ['more than a day, which is not honoured', 30 * DAY_MS, DAY_MS],
    ['a time that has passed', -1, 5000],
  ])('with a Retry-After of %s', (_, retryAfterMs, waitMs) => {
    expect(waitOf(outcome(answeredWith(503, { retryAfterMs })))).toBe(waitMs);
  });

  it('with a Retry-After is abandoned all the same when it is the last', () => {
    expect(outcome(answeredWith(429, { retryAfterMs: 1000 }), { scheduleMs: [0] }).state).toBe('abandoned');
  });

  it('that got no answer while there was no network uses up no step', () => {
    const offline = outcome(NO_ANSWER, { isOffline: true }, { ...DUE, step: 3 });
    expect(offline).toMatchObject({ state: 'due', step: 3, nextAttemptAt: NOW, attemptCount: 1 });
    expect(outcome(answeredWith(500), { isOffline: true })).toMatchObject({ step: 1 });
  });

  it('of a delivery that was stopped meanwhile is recorded, and delivers it if it was taken over', () => {
    const stopped: Delivery = { ...DUE, state: 'stopped', reason: 'By hand.', nextAttemptAt: null };
    expect(outcome(answeredWith(500), {}, stopped)).toMatchObject({
      ...{ state: 'stopped', reason: 'By hand.', nextAttemptAt: null, attemptCount: 1 },
    });
    expect(outcome(answeredWith(200), {}, stopped)).toMatchObject({ state: 'delivered', reason: null });
    const local = { ...NO_ANSWER, outcome: 'local' as const };
    expect(outcome(local, {}, stopped)).toEqual(stopped);
  });

  it('is one of the newest that are kept, numbered on', () => {
    let delivery = DUE;
    for (let number = 1; number <= MAX_ATTEMPTS_KEPT + 5; number += 1) {
      delivery = { ...outcome(NO_ANSWER, {}, delivery), state: 'due', step: 0 };
    }
    expect(delivery.attemptCount).toBe(MAX_ATTEMPTS_KEPT + 5);
    expect(delivery.attempts.map(({ number }) => number)).toEqual(
      Array.from({ length: MAX_ATTEMPTS_KEPT }, (_, index) => index + 6),
    );
  });
});
