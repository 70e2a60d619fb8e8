import { describe, expect, it } from 'vitest';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { RetryPolicy } from '#shared/job/jobdeck-metadata.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { aJob, createBench, settled, startBench } from '../../fakes/runner-bench.ts';

const THREE: RetryPolicy = { max_attempts: 3, backoff_ms: 1000, factor: 2, jitter: false };
const TIMEOUT = { outcome: 'failed', error: { code: 'timeout', message: 'Too slow.' } } as const;

describe('a failed attempt', () => {
  it('is followed by another after its wait, without the slot meanwhile', async () => {
    const { runner, executor, clock, stored, statuses, told } = await startBench();
    const [job, other] = [aJob({ retry: THREE }), aJob()];
    await runner.submit([job, other]);
    await settled();
    executor.runOf(job.id).end(TIMEOUT);
    await settled();
    expect(told.at(-2)).toMatchObject({ type: 'requeued', jobId: job.id });
    expect(jobdeckOf(stored(job.id))).toMatchObject({
      next_attempt_at: '2026-11-01T08:00:01.000Z',
      attempts: [{ number: 1, outcome: 'failed', error: TIMEOUT.error }],
    });
    expect(isJob(stored(job.id))).toBe(true);
    executor.runOf(other.id).end();
    clock.advance(999);
    await settled();
    expect(executor.runs).toHaveLength(2);
    clock.advance(1);
    await settled();
    expect(executor.runOf(job.id).spec.attempt).toBe(2);
    expect(jobdeckOf(stored(job.id))).not.toHaveProperty('next_attempt_at');
    executor.runOf(job.id).end({ result: { exit_code: 0, stdout: 'second' } });
    await runner.idle();
    expect(statuses(job.id)).toBe('pending running pending running completed');
    expect(jobdeckOf(stored(job.id))).toMatchObject({
      result: { stdout: 'second' },
      attempts: [
        { number: 1, outcome: 'failed' },
        { number: 2, outcome: 'completed' },
      ],
    });
  });

  it('whose wait would go beyond the calendar waits until its end, in a record that can be read back', async () => {
    const { runner, executor, stored } = await startBench();
    const endless = { max_attempts: 2, backoff_ms: 9e15, max_backoff_ms: 9e15, jitter: false };
    const job = aJob({ retry: endless });
    await runner.submit([job]);
    await settled();
    executor.runOf(job.id).end(TIMEOUT);
    await settled();
    expect(jobdeckOf(stored(job.id))?.next_attempt_at).toBe('9999-12-31T23:59:59.999Z');
    expect(isJob(stored(job.id))).toBe(true);
    expect(runner.status().problem).toBeNull();
  });

  it('is the last where none is left: the job fails with its error', async () => {
    const { runner, executor, clock, stored } = await startBench();
    const job = aJob({ retry: THREE });
    await runner.submit([job]);
    for (const waitMs of [1000, 2000, 0]) {
      await settled();
      executor.runOf(job.id).end(TIMEOUT);
      await settled();
      clock.advance(waitMs);
    }
    await runner.idle();
    expect(executor.runs.map(({ spec }) => spec.attempt)).toEqual([1, 2, 3]);
    expect(stored(job.id)).toMatchObject({ status: 'failed' });
    expect(jobdeckOf(stored(job.id))).toMatchObject({ error: TIMEOUT.error, attempts: { length: 3 } });
  });

  it('waits as long as the other side asks', async () => {
    const { runner, executor, stored } = await startBench();
    const job = aJob({ retry: { ...THREE, on: ['network'] } });
    await runner.submit([job]);
    await settled();
    executor.runOf(job.id).end({
      ...{ outcome: 'failed', retryAfterMs: 90_000 },
      error: { code: 'network', message: 'Not now.' },
    });
    await settled();
    expect(jobdeckOf(stored(job.id))?.next_attempt_at).toBe('2026-11-01T08:01:30.000Z');
  });

  it('counts the waits between attempts into the whole, and the wait for a slot before them not', async () => {
    const { runner, executor, clock, stored } = await startBench();
    const [busy, job] = [aJob(), aJob({ retry: THREE })];
    await runner.submit([busy, job]);
    await settled();
    clock.advance(5000);
    executor.runOf(busy.id).end();
    await settled();
    clock.advance(200);
    executor.runOf(job.id).end(TIMEOUT);
    await settled();
    clock.advance(1000);
    await settled();
    clock.advance(300);
    executor.runOf(job.id).end();
    await runner.idle();
    expect(stored(job.id).total_duration_ns).toBe(1_500_000_000);
  });

  it('is tried again at its time after a restart, and not before', async () => {
    const before = await startBench();
    const job = aJob({ retry: { ...THREE, backoff_ms: 60_000 } });
    await before.runner.submit([job]);
    await settled();
    before.executor.runOf(job.id).end(TIMEOUT);
    await settled();
    await before.runner.stop();
    const clock = createFakeClock('2026-11-01T08:00:30.000Z');
    const { executor } = await startBench({ disk: before.journal.disk, clock });
    await settled();
    expect(executor.runs).toEqual([]);
    clock.advance(30_000);
    await settled();
    expect(executor.runOf(job.id).spec.attempt).toBe(2);
  });

  it('is not followed by another where its job is to be cancelled', async () => {
    const { runner, executor, statuses } = await startBench();
    executor.endsOnAbort = false;
    const job = aJob({ retry: THREE });
    await runner.submit([job]);
    await settled();
    await runner.cancel([job.id]);
    executor.runOf(job.id).end(TIMEOUT);
    await runner.idle();
    expect(statuses(job.id)).toBe('pending running failed');
  });

  it('can be cancelled while it waits for the next', async () => {
    const { runner, executor, statuses, stored } = await startBench();
    const job = aJob({ retry: THREE });
    await runner.submit([job]);
    await settled();
    executor.runOf(job.id).end(TIMEOUT);
    await settled();
    await runner.cancel([job.id]);
    await runner.idle();
    expect(statuses(job.id)).toBe('pending running pending cancelled');
    expect(jobdeckOf(stored(job.id))).not.toHaveProperty('next_attempt_at');
  });
});

describe('an interrupted attempt', () => {
  it('counts towards no limit where its job runs again', async () => {
    const before = await startBench();
    const job = aJob({ on_interrupt: 'rerun', retry: { ...THREE, max_attempts: 2 } });
    await before.runner.submit([job]);
    await settled();
    const { runner, executor, clock, stored } = createBench({ disk: before.journal.disk });
    await runner.start();
    await settled();
    executor.runOf(job.id).end(TIMEOUT);
    await settled();
    clock.advance(1000);
    await settled();
    executor.runOf(job.id).end(TIMEOUT);
    await runner.idle();
    expect(jobdeckOf(stored(job.id))?.attempts?.map(({ error }) => error?.code)).toEqual([
      'interrupted',
      'timeout',
      'timeout',
    ]);
  });

  it('is not a failure that is tried again', async () => {
    const { runner, stored, statuses } = await startBench();
    const job = aJob({ retry: THREE });
    await runner.submit([job]);
    await settled();
    await runner.stop();
    expect(statuses(job.id)).toBe('pending running failed');
    expect(jobdeckOf(stored(job.id))?.error?.code).toBe('interrupted');
  });
});

describe('the end of a task', () => {
  it('has the stop reason that the task gives it', async () => {
    const { runner, executor, stored } = await startBench({ slots: 2 });
    const [one, other] = [aJob(), aJob()];
    await runner.submit([one, other]);
    await settled();
    executor.runOf(one.id).end({ stopReason: 'max_tokens_exceeded', outcome: 'failed' });
    executor.runOf(other.id).end({ stopReason: 'tool_rule' });
    await runner.idle();
    expect(stored(one.id)).toMatchObject({ status: 'failed', stop_reason: 'max_tokens_exceeded' });
    expect(stored(other.id)).toMatchObject({ status: 'completed', stop_reason: 'tool_rule' });
  });
});
