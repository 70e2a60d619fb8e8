/** Which ends make a delivery, when it is sent, and what the record says of it. */
import { describe, expect, it, vi } from 'vitest';
import { CALLBACK_ENDS } from '#shared/callback/delivery.ts';
import { answeredWith, NO_ANSWER } from '../../../fakes/fake-callback-sender.ts';
import { aJob, createBench, settled, startBench } from '../../../fakes/runner-bench.ts';
import { deliveryOf, endJob, endJobs, openPost, startCallbackBench, URL_A } from './support.ts';

const CALLBACK = { callback_url: URL_A };

/** Jobs that come to each of the four ends. */
async function endInEveryWay(callbackEnds = [...CALLBACK_ENDS]) {
  const bench = await startBench({ slots: 2, callbackSettings: { callbackEnds } });
  const jobs = [
    aJob({}, CALLBACK),
    aJob({}, CALLBACK),
    aJob({}, CALLBACK),
    aJob({ deadline: bench.clock.now() }, CALLBACK),
  ] as const;
  await bench.runner.submit(jobs);
  await settled();
  bench.executor.runOf(jobs[0].id).end();
  bench.executor.runOf(jobs[1].id).end({ outcome: 'failed' });
  await bench.runner.cancel([jobs[2].id]);
  await bench.runner.idle();
  return bench.sender.posts.map(({ message }) => [message.type, message.status]).sort();
}

describe('the callback of a job', () => {
  it('is due in the very commit of the terminal event, and is posted only AFTER it', async () => {
    const { runner, journal, executor, sender, deliveries } = await startBench();
    const job = aJob({}, CALLBACK);
    await runner.submit([job]);
    await settled();
    journal.hold();
    executor.runOf(job.id).end();
    await settled();
    expect(deliveries.counts().due).toBe(0);
    expect(sender.posts).toEqual([]);
    journal.release(1);
    expect(deliveries.counts()).toEqual({ due: 1, untried: 1, held: 0 });
    const { type, deliveries: made = [] } = journal.disk.log.at(-1) ?? {};
    expect([type, made.map(({ state }) => state)]).toEqual(['ended', ['due']]);
    await settled();
    expect(sender.posts.map(({ message }) => message.status)).toEqual(['completed']);
  });

  it('tells of every end', async () => {
    expect(await endInEveryWay()).toEqual([
      ['job.cancelled', 'cancelled'],
      ['job.completed', 'completed'],
      ['job.expired', 'expired'],
      ['job.failed', 'failed'],
    ]);
  });

  it.each(CALLBACK_ENDS)('tells of no end but %s where that alone is set', async (end) => {
    expect(await endInEveryWay([end])).toEqual([[`job.${end}`, end]]);
  });

  it('goes by what is set when the job ends, not when it began', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbackEnds: [] } });
    await endJob(bench);
    bench.settings.callbackEnds = ['completed'];
    const told = await endJob(bench);
    bench.settings.callbackEnds = [];
    expect(openPost(bench).message.job_id).toBe(told.id);
  });

  it('is not made where there is no URL', async () => {
    const { runner, sender, deliveries } = await startBench();
    const jobs = [aJob(), aJob({}, { callback_url: '' })];
    await runner.submit(jobs);
    await runner.cancel(jobs.map(({ id }) => id));
    await runner.idle();
    expect(sender.posts).toEqual([]);
    expect(deliveries.counts()).toEqual({ due: 0, untried: 0, held: 0 });
  });

  it.each([answeredWith(204), answeredWith(500), answeredWith(410), NO_ANSWER])(
    'is recorded as %j in three fields of the record and changes nothing else of it',
    async (report) => {
      const bench = await startCallbackBench();
      const ended = await endJob(bench);
      openPost(bench).answer({ ...report, startedAt: '2026-11-01T08:00:07.000Z' });
      await bench.runner.idle();
      expect(bench.stored(ended.id)).toEqual({
        ...ended,
        callback_sent_at: '2026-11-01T08:00:07.000Z',
        callback_status_code: report.statusCode,
        callback_error: report.error,
      });
      const { type, deliveries } = bench.journal.disk.log.at(-1) ?? {};
      expect([type, deliveries]).toEqual(['callback-recorded', [deliveryOf(bench, ended.id)]]);
    },
  );

  it('that the runner broke off stays due and untried, and the next runner sends it with the same id', async () => {
    const before = await startCallbackBench();
    const job = await endJob(before);
    await before.runner.stop();
    expect(before.sender.posts[0]?.signal.aborted).toBe(true);
    expect(deliveryOf(before, job.id)).toMatchObject({ state: 'due', attemptCount: 0 });
    const next = createBench({ disk: before.journal.disk });
    await next.runner.start();
    await next.runner.idle();
    expect(next.sender.posts.map(({ id }) => id)).toEqual([before.sender.posts[0]?.id]);
    expect(next.stored(job.id).callback_status_code).toBe(200);
  });

  it('is recorded although the runner stops, where the answer came first', async () => {
    const bench = await startCallbackBench();
    const job = await endJob(bench);
    openPost(bench).answer();
    await bench.runner.stop();
    expect(deliveryOf(bench, job.id).state).toBe('delivered');
  });

  it('of a job that is deleted meanwhile is broken off and leaves nothing behind', async () => {
    const bench = await startCallbackBench();
    const jobs = await endJobs(bench, 6);
    expect(await bench.runner.forget(jobs.map(({ id }) => id))).toEqual([]);
    await bench.runner.callbacks.settled();
    expect(bench.journal.disk.jobs.size).toBe(0);
    expect(bench.deliveries.page(null, null, 10)).toEqual([]);
    expect(bench.sender.posts).toHaveLength(1);
    expect(bench.journal.disk.log.filter(({ type }) => type === 'callback-recorded')).toEqual([]);
  });

  it('of a job whose deletion the disk refuses is sent on, and the refusal is told', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbackScheduleMs: [0, 1000] } });
    const job = await endJob(bench);
    openPost(bench).answer(answeredWith(503));
    await settled();
    vi.spyOn(bench.journal, 'forget').mockRejectedValueOnce(new Error('The database is locked.'));
    await expect(bench.runner.forget([job.id])).rejects.toThrow('The database is locked.');
    bench.clock.advance(1100);
    await settled();
    expect(bench.sender.posts).toHaveLength(2);
  });

  it('of a job that is deleted while it is being written is not written after that', async () => {
    const bench = await startCallbackBench();
    const job = await endJob(bench);
    bench.journal.hold();
    openPost(bench).answer();
    await settled();
    const forgotten = bench.runner.forget([job.id]);
    await settled();
    expect(bench.journal.disk.jobs.size).toBe(1);
    bench.journal.release();
    await forgotten;
    expect(bench.journal.disk.jobs.size).toBe(0);
    expect(bench.deliveries.ofJob(job.id)).toEqual([]);
  });

  it('keeps idle waiting until it was attempted and that is told, and settled until it is over', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbackScheduleMs: [0, 1000] } });
    await endJob(bench);
    const over: string[] = [];
    void bench.runner.idle().then(() => over.push(`idle ${bench.told.at(-1)?.type}`));
    void bench.runner.callbacks.settled().then(() => over.push('settled'));
    await settled();
    expect(over).toEqual([]);
    openPost(bench).answer(NO_ANSWER);
    await settled();
    expect(over).toEqual(['idle callback-recorded']);
    bench.clock.advance(1100);
    openPost(bench).answer(NO_ANSWER);
    await settled();
    expect(over).toEqual(['idle callback-recorded', 'settled']);
  });

  it('lets settled resolve at the end of stop, although it is due', async () => {
    const bench = await startCallbackBench();
    await endJob(bench);
    const isSettled = bench.runner.callbacks.settled();
    await bench.runner.stop();
    await isSettled;
    expect(bench.deliveries.counts().due).toBe(1);
  });
});
