import { describe, expect, it } from 'vitest';
import { MAX_CALLBACKS_IN_FLIGHT } from '../../../src-main/core/callback-machine.ts';
import { aJob, createBench, settled, startBench } from '../../fakes/runner-bench.ts';

const URL_OF_CALLBACK = { callback_url: 'http://127.0.0.1:8080/done' };

describe('a callback', () => {
  it('is due in the very commit of the terminal event, and is posted only AFTER it', async () => {
    const { runner, journal, executor, sender } = await startBench();
    const job = aJob({}, URL_OF_CALLBACK);
    await runner.submit([job]);
    await settled();
    journal.hold();
    executor.runOf(job.id).end();
    await settled();
    expect(journal.callbacksDue()).toEqual([]);
    expect(sender.posts).toEqual([]);
    journal.release(1);
    expect(journal.callbacksDue().map(({ id }) => id)).toEqual([job.id]);
    await settled();
    expect(sender.posts.map((post) => post.job.status)).toEqual(['completed']);
  });

  it('is sent at every terminal status', async () => {
    const { runner, executor, sender, clock } = await startBench({ slots: 2 });
    const jobs = [
      aJob({}, URL_OF_CALLBACK),
      aJob({}, URL_OF_CALLBACK),
      aJob({}, URL_OF_CALLBACK),
      aJob({ deadline: clock.now() }, URL_OF_CALLBACK),
    ] as const;
    await runner.submit(jobs);
    await settled();
    executor.runOf(jobs[0].id).end();
    executor.runOf(jobs[1].id).end({ outcome: 'failed' });
    await runner.cancel([jobs[2].id]);
    await runner.idle();
    expect(sender.posts.map(({ job }) => job.status).sort()).toEqual([
      'cancelled',
      'completed',
      'expired',
      'failed',
    ]);
  });

  it('is not sent where there is no URL', async () => {
    const { runner, sender } = await startBench();
    const jobs = [aJob(), aJob({}, { callback_url: '' })];
    await runner.submit(jobs);
    await runner.cancel(jobs.map(({ id }) => id));
    await runner.idle();
    expect(sender.posts).toEqual([]);
  });

  it.each([
    [{ statusCode: 204, error: null }],
    [{ statusCode: 500, error: null }],
    [{ statusCode: null, error: 'Nothing listens at 127.0.0.1:8080.' }],
  ])('is recorded as %j in its three fields and changes nothing else', async (report) => {
    const { runner, executor, sender, stored, journal } = await startBench();
    sender.isAutomatic = false;
    const job = aJob({}, URL_OF_CALLBACK);
    await runner.submit([job]);
    await settled();
    executor.runOf(job.id).end();
    await settled();
    const ended = stored(job.id);
    sender.posts[0]?.answer(report);
    await runner.idle();
    expect(stored(job.id)).toEqual({
      ...ended,
      callback_sent_at: '2026-11-01T08:00:01.000Z',
      callback_status_code: report.statusCode,
      callback_error: report.error,
    });
    expect(journal.callbacksDue()).toEqual([]);
    expect(journal.disk.log.at(-1)?.type).toBe('callback-recorded');
  });

  it('is one of at most four on their way', async () => {
    const { runner, sender } = await startBench();
    sender.isAutomatic = false;
    const jobs = Array.from({ length: 6 }, () => aJob({}, URL_OF_CALLBACK));
    await runner.submit(jobs);
    await runner.cancel(jobs.map(({ id }) => id));
    await settled();
    expect(sender.posts).toHaveLength(MAX_CALLBACKS_IN_FLIGHT);
    expect(runner.status().callbacksDue).toBe(6);
    sender.posts[0]?.answer();
    await settled();
    expect(sender.posts).toHaveLength(5);
    expect(runner.status().callbacksDue).toBe(5);
  });

  it('that the runner broke off stays due, and the next runner sends it', async () => {
    const { runner, executor, sender, journal, statuses } = await startBench();
    sender.isAutomatic = false;
    const job = aJob({}, URL_OF_CALLBACK);
    await runner.submit([job]);
    await settled();
    executor.runOf(job.id).end();
    await settled();
    await runner.stop();
    expect(sender.posts[0]?.signal.aborted).toBe(true);
    expect(statuses(job.id)).toBe('pending running completed');
    const next = createBench({ disk: journal.disk });
    await next.runner.start();
    await next.runner.idle();
    expect(next.sender.posts.map((post) => post.job.id)).toEqual([job.id]);
    expect(next.stored(job.id).callback_status_code).toBe(200);
  });

  it('of a job that is deleted meanwhile is broken off and leaves nothing behind', async () => {
    const { runner, sender, journal } = await startBench();
    sender.isAutomatic = false;
    const jobs = Array.from({ length: 6 }, () => aJob({}, URL_OF_CALLBACK));
    await runner.submit(jobs);
    await runner.cancel(jobs.map(({ id }) => id));
    await settled();
    expect(await runner.forget(jobs.map(({ id }) => id))).toEqual([]);
    await runner.idle();
    expect(journal.disk.jobs.size).toBe(0);
    expect(sender.posts).toHaveLength(MAX_CALLBACKS_IN_FLIGHT);
  });

  it('keeps idle waiting until it was attempted', async () => {
    const { runner, sender } = await startBench();
    sender.isAutomatic = false;
    const job = aJob({}, URL_OF_CALLBACK);
    await runner.submit([job]);
    await runner.cancel([job.id]);
    let isIdle = false;
    const idle = runner.idle().then(() => {
      isIdle = true;
    });
    await settled();
    expect(isIdle).toBe(false);
    sender.posts[0]?.answer({ statusCode: null, error: 'No.' });
    await idle;
  });
});
