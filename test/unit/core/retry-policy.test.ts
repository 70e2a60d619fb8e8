import { describe, expect, it } from 'vitest';
import { JOB_ERROR_CODES, type JobErrorCode } from '#shared/job/error-codes.ts';
import { type JobResult, RETRY_CAUSES, type RetryPolicy } from '#shared/job/jobdeck-metadata.ts';
import { type Failure, nextAttemptDelayMs } from '../../../src-main/core/retry-policy.ts';

const randomOf = (value: number) => ({ next: () => value, uuid: () => '' });

function failure(code: JobErrorCode, result: JobResult = {}, rest: Partial<Failure> = {}): Failure {
  return { error: { code, message: 'It failed.' }, result, ...rest };
}

const THREE: RetryPolicy = { max_attempts: 3, jitter: false };
const delayOf = (policy: RetryPolicy | undefined, ended: number, failed: Failure, random = 0) =>
  nextAttemptDelayMs(policy, ended, failed, randomOf(random));

describe('a failed attempt', () => {
  it('is the last one where no policy asks for another', () => {
    expect(delayOf(undefined, 1, failure('timeout'))).toBeNull();
    expect(delayOf({}, 1, failure('timeout'))).toBeNull();
    expect(delayOf({ on: ['timeout'] }, 1, failure('timeout'))).toBeNull();
  });

  it('is followed by others up to max_attempts, the first one included', () => {
    expect([1, 2, 3, 4].map((ended) => delayOf(THREE, ended, failure('timeout')))).toEqual([
      1000,
      2000,
      null,
      null,
    ]);
  });

  it.each<[string, Failure, boolean]>([
    ['exit code', failure('exit-code', { exit_code: 3 }), true],
    ['timeout', failure('timeout'), true],
    ['network failure', failure('network'), true],
    ['HTTP 503', failure('http-status', { status_code: 503 }), true],
    ['HTTP 429', failure('http-status', { status_code: 429 }), true],
    ["model endpoint's HTTP 500", failure('model', { status_code: 500 }), true],
    ['HTTP 404', failure('http-status', { status_code: 404 }), false],
    ['HTTP 408', failure('http-status', { status_code: 408 }), false],
    ['signal', failure('signal', { signal: 'SIGSEGV' }), false],
    ['spawn failure', failure('spawn'), false],
    ['bad answer of a model', failure('model', { status_code: 200 }), false],
    ['TLS failure', failure('tls'), false],
  ])('with a policy that names no causes, %s: tried again is %s', (_, failed, isRetried) => {
    expect(delayOf(THREE, 1, failed) !== null).toBe(isRetried);
  });

  it('is tried again for the causes that the policy names, and no others', () => {
    const on = (cause: NonNullable<RetryPolicy['on']>[number]) => ({ ...THREE, on: [cause] });
    expect(delayOf(on('signal'), 1, failure('signal'))).toBe(1000);
    expect(delayOf(on('signal'), 1, failure('exit-code', { exit_code: 1 }))).toBeNull();
    expect(delayOf(on('http-408'), 1, failure('http-status', { status_code: 408 }))).toBe(1000);
    expect(delayOf(on('http-4xx'), 1, failure('http-status', { status_code: 429 }))).toBe(1000);
    expect(delayOf(on('http-4xx'), 1, failure('http-status', { status_code: 500 }))).toBeNull();
    expect(delayOf(on('http-429'), 1, failure('model', { status_code: 429 }))).toBe(1000);
    expect(delayOf(on('model'), 1, failure('model', { status_code: 400 }))).toBe(1000);
    expect(delayOf(on('model'), 1, failure('model'))).toBe(1000);
    expect(delayOf({ ...THREE, on: [] }, 1, failure('timeout'))).toBeNull();
  });

  it('with an exit code that is not among exit_codes is the last one', () => {
    const policy = { ...THREE, exit_codes: [75] };
    expect(delayOf(policy, 1, failure('exit-code', { exit_code: 75 }))).toBe(1000);
    expect(delayOf(policy, 1, failure('exit-code', { exit_code: 1 }))).toBeNull();
    expect(delayOf(policy, 1, failure('timeout'))).toBe(1000);
  });

  it('is never tried again where the same would follow, whatever the policy names', () => {
    const all = { ...THREE, on: [...RETRY_CAUSES] };
    const final = JOB_ERROR_CODES.filter((code) => delayOf(all, 1, failure(code)) === null);
    expect(final).toEqual([
      'interrupted',
      'dependency',
      'invalid-task',
      'invalid-items',
      'template',
      'secret',
      'http-status',
      'tls',
      'too-large',
      'disk-full',
      'not-approved',
    ]);
    const quota = failure('model', { status_code: 429 }, { stopReason: 'insufficient_credits' });
    expect(delayOf(all, 1, quota)).toBeNull();
  });
});

describe('the wait', () => {
  it('grows by the factor up to the cap', () => {
    const policy = { max_attempts: 99, backoff_ms: 500, factor: 3, max_backoff_ms: 10_000, jitter: false };
    expect([1, 2, 3, 4, 90].map((ended) => delayOf(policy, ended, failure('timeout')))).toEqual([
      500, 1500, 4500, 10_000, 10_000,
    ]);
  });

  it('is a number however large the attempt and the factor are', () => {
    const policy = { max_attempts: 1e6, factor: 1e300, jitter: false };
    expect(delayOf(policy, 5000, failure('timeout'))).toBe(60_000);
    expect(delayOf({ ...policy, backoff_ms: 0 }, 5000, failure('timeout'))).toBe(0);
  });

  it('is drawn between half and the whole of it unless jitter is off', () => {
    const policy = { max_attempts: 2, backoff_ms: 1000 };
    expect(delayOf(policy, 1, failure('timeout'), 0)).toBe(500);
    expect(delayOf(policy, 1, failure('timeout'), 0.5)).toBe(750);
    expect(delayOf(policy, 1, failure('timeout'), 0.9999)).toBe(1000);
  });

  it('is at least what the other side asked for, beyond the cap too, up to a day', () => {
    const asked = (retryAfterMs: number) =>
      delayOf(THREE, 1, failure('http-status', { status_code: 429 }, { retryAfterMs }));
    expect(asked(90_000)).toBe(90_000);
    expect(asked(10)).toBe(1000);
    expect(asked(10 * 86_400_000)).toBe(86_400_000);
    expect(asked(-5)).toBe(1000);
  });
});
