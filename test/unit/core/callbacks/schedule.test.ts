/** The schedule over days, by a clock that sleeps, is set, and stands still. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_CALLBACK_SCHEDULE_MS } from '#shared/callback/delivery.ts';
import { answeredWith, NO_ANSWER } from '../../../fakes/fake-callback-sender.ts';
import { answerOpen, deliveryOf, endJob, openPost, pass, startCallbackBench, URL_A } from './support.ts';

const HOUR_MS = 3_600_000;
const NO_NETWORK = 'There is no network.';

describe('the schedule of a callback', () => {
  it('makes each attempt at its time, all with the same id and the same bytes, and abandons it after the last', async () => {
    const bench = await startCallbackBench();
    const { sender, runner, stored } = bench;
    const job = await endJob(bench);
    for (const waitMs of DEFAULT_CALLBACK_SCHEDULE_MS.slice(1)) {
      await answerOpen(bench, NO_ANSWER);
      expect(sender.open()).toEqual([]);
      // Never early, and at most a tenth late.
      await pass(bench, waitMs - 1);
      expect(sender.open()).toEqual([]);
      await pass(bench, waitMs / 10 + 1);
      expect(openPost(bench).id).toBe(sender.posts[0]?.id);
    }
    await answerOpen(bench, answeredWith(500, { startedAt: '2026-11-05T08:00:00.000Z' }));
    expect(sender.posts).toHaveLength(DEFAULT_CALLBACK_SCHEDULE_MS.length);
    expect(new Set(sender.posts.map(({ id, body }) => `${id} ${body}`)).size).toBe(1);
    expect(deliveryOf(bench, job.id)).toMatchObject({ state: 'abandoned', attemptCount: 10 });
    expect(stored(job.id)).toEqual({
      ...job,
      callback_sent_at: '2026-11-05T08:00:00.000Z',
      callback_status_code: 500,
      callback_error: 'The receiver answered 500.',
    });
    await pass(bench, 100 * HOUR_MS);
    expect(sender.posts).toHaveLength(DEFAULT_CALLBACK_SCHEDULE_MS.length);
    expect(runner.status().callbacksDue).toBe(0);
  });

  it('goes by the wall clock: what came due while the machine slept is sent when it wakes up', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbackScheduleMs: [0, 5 * HOUR_MS] } });
    await endJob(bench);
    await answerOpen(bench, NO_ANSWER);
    bench.clock.sleep(6 * HOUR_MS);
    expect(bench.sender.open()).toEqual([]);
    bench.runner.wake();
    expect(bench.sender.open()).toHaveLength(1);
  });

  it('is looked at again half a minute after a sleep that nobody told of', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbackScheduleMs: [0, 5 * HOUR_MS] } });
    await endJob(bench);
    await answerOpen(bench, NO_ANSWER);
    bench.clock.sleep(6 * HOUR_MS);
    await pass(bench, 30_000);
    expect(bench.sender.open()).toHaveLength(1);
  });

  it('goes on after a restart where it was', async () => {
    const before = await startCallbackBench();
    const job = await endJob(before);
    await answerOpen(before, NO_ANSWER);
    await pass(before, 6000);
    await answerOpen(before, NO_ANSWER);
    await before.runner.stop();
    const bench = await startCallbackBench({ disk: before.journal.disk, clock: before.clock });
    await pass(bench, 299_999);
    expect(bench.sender.posts).toEqual([]);
    await pass(bench, 60_000);
    expect(openPost(bench)).toMatchObject({
      id: before.sender.posts[0]?.id,
      body: before.sender.posts[0]?.body,
    });
    await answerOpen(bench);
    expect(deliveryOf(bench, job.id)).toMatchObject({ state: 'delivered', attemptCount: 3 });
  });

  it('is read anew with each attempt', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbackScheduleMs: [0, 1000, 1000] } });
    const job = await endJob(bench);
    await answerOpen(bench, NO_ANSWER);
    bench.settings.callbackScheduleMs = [0, 7000, 9000, 9000];
    bench.runner.callbacks.look();
    // What was said of the next attempt stands.
    await pass(bench, 1100);
    await answerOpen(bench, NO_ANSWER);
    await pass(bench, 8999);
    expect(bench.sender.open()).toEqual([]);
    await pass(bench, 1000);
    bench.settings.callbackScheduleMs = [0];
    await answerOpen(bench, NO_ANSWER);
    expect(deliveryOf(bench, job.id).state).toBe('abandoned');
  });

  it('makes the first attempt after its first wait', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbackScheduleMs: [2000] } });
    await endJob(bench);
    await pass(bench, 1999);
    expect(bench.sender.posts).toEqual([]);
    await pass(bench, 201);
    expect(bench.sender.posts).toHaveLength(1);
  });

  it('honours a Retry-After for the delivery, beyond what its host is left alone for', async () => {
    const bench = await startCallbackBench();
    await endJob(bench);
    await answerOpen(bench, answeredWith(503, { retryAfterMs: HOUR_MS }));
    const other = await endJob(bench);
    expect(bench.sender.open()).toEqual([]);
    await pass(bench, 60_000);
    expect(openPost(bench).message).toMatchObject({ job_id: other.id });
    await answerOpen(bench);
    await pass(bench, HOUR_MS - 60_001);
    expect(bench.sender.open()).toEqual([]);
    await pass(bench, 1);
    expect(bench.sender.open()).toHaveLength(1);
  });
});

describe('without a network', () => {
  it('what goes to another machine waits, and goes on when it is back', async () => {
    const bench = await startCallbackBench();
    bench.runner.hold('network', NO_NETWORK);
    const job = await endJob(bench);
    await pass(bench, 10 * HOUR_MS);
    expect(bench.sender.posts).toEqual([]);
    bench.runner.hold('network', null);
    await answerOpen(bench);
    expect(deliveryOf(bench, job.id)).toMatchObject({ state: 'delivered', attemptCount: 1 });
  });

  it('what stays on this machine is sent', async () => {
    const bench = await startCallbackBench();
    bench.runner.hold('network', NO_NETWORK);
    await endJob(bench, 'http://127.0.0.1:8080/done');
    await endJob(bench, 'http://localhost/done');
    expect(bench.sender.open()).toHaveLength(2);
  });

  it('an attempt that was on its way and got no answer uses up nothing of the schedule', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbackScheduleMs: [0] } });
    const job = await endJob(bench);
    bench.runner.hold('network', NO_NETWORK);
    await answerOpen(bench, NO_ANSWER);
    expect(deliveryOf(bench, job.id)).toMatchObject({ state: 'due', step: 0, attemptCount: 1 });
    bench.runner.hold('network', null);
    await answerOpen(bench);
    expect(deliveryOf(bench, job.id).state).toBe('delivered');
  });

  it('the other holds keep no callback back', async () => {
    const bench = await startCallbackBench();
    await endJob(bench, URL_A);
    for (const reason of ['battery', 'disk-full', 'finishing'] as const)
      bench.runner.hold(reason, 'Not now.');
    await answerOpen(bench, NO_ANSWER);
    await pass(bench, 6000);
    expect(bench.sender.open()).toHaveLength(1);
  });
});
