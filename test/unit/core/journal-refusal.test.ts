import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { JOURNAL_RETRY_MS } from '../../../src-main/core/ledger.ts';
import { aJob, createBench, settled, startBench } from '../../fakes/runner-bench.ts';

const FULL = new AppError('disk-full', 'The disk that holds /data/journal.sqlite is full: make room there.');

describe('a journal that refuses', () => {
  it('makes a submission fail with its reason, and the job may be submitted again', async () => {
    const { runner, journal } = await startBench();
    const job = aJob();
    journal.refuseWith(FULL);
    await expect(runner.submit([job])).rejects.toBe(FULL);
    expect(runner.status()).toMatchObject({
      pending: 0,
      running: 0,
      problem: expect.stringContaining('make room'),
    });
    journal.refuseWith(null);
    expect((await runner.submit([job])).accepted).toEqual([job.id]);
    expect(runner.status().problem).toBeNull();
  });

  it('is no problem any more after a while in which nothing was held up', async () => {
    const { runner, journal, clock } = await startBench();
    journal.refuseWith(FULL);
    await expect(runner.submit([aJob()])).rejects.toBe(FULL);
    clock.advance(JOURNAL_RETRY_MS);
    expect(runner.status().problem).toBeNull();
  });

  it('starts no job, and starts it once there is room again', async () => {
    const { runner, journal, executor, clock } = await startBench();
    journal.hold();
    const submitted = runner.submit([aJob()]);
    journal.release(1);
    await submitted;
    await settled();
    journal.refuseWith(FULL);
    journal.release();
    await settled();
    clock.advance(JOURNAL_RETRY_MS);
    await settled();
    expect(executor.runs).toEqual([]);
    expect(runner.status()).toMatchObject({
      pending: 1,
      running: 0,
      problem: expect.stringContaining('full'),
    });
    journal.refuseWith(null);
    clock.advance(JOURNAL_RETRY_MS);
    await settled();
    expect(executor.runs).toHaveLength(1);
    expect(runner.status()).toMatchObject({ pending: 0, running: 1, problem: null });
  });

  it('loses no end: it is kept with its time, and written once there is room', async () => {
    const { runner, journal, executor, clock, stored } = await startBench();
    const job = aJob();
    await runner.submit([job]);
    await settled();
    journal.refuseWith(FULL);
    executor.runOf(job.id).end();
    await settled();
    expect(stored(job.id).status).toBe('running');
    expect(runner.status()).toMatchObject({ running: 1, problem: expect.stringContaining('full') });
    clock.advance(60_000);
    await settled();
    journal.refuseWith(null);
    clock.advance(60_000);
    await runner.idle();
    expect(stored(job.id)).toMatchObject({ status: 'completed', completed_at: '2026-11-01T08:00:00.000Z' });
  });

  it('is tried again at once when another write gets through', async () => {
    const { runner, journal, executor, statuses } = await startBench();
    const job = aJob();
    await runner.submit([job]);
    await settled();
    journal.refuseWith(FULL);
    executor.runOf(job.id).end();
    await settled();
    journal.refuseWith(null);
    await runner.submit([aJob()]);
    await settled();
    expect(statuses(job.id)).toBe('pending running completed');
  });

  it('does not hold up cancel, which is written once there is room', async () => {
    const { runner, journal, executor, clock, statuses } = await startBench();
    const [first, second] = [aJob(), aJob()];
    await runner.submit([first, second]);
    await settled();
    journal.refuseWith(FULL);
    expect(await runner.cancel([second.id])).toEqual({ requested: [second.id], unknown: [] });
    journal.refuseWith(null);
    clock.advance(JOURNAL_RETRY_MS);
    await settled();
    expect(statuses(second.id)).toBe('pending cancelled');
    expect(executor.runs).toHaveLength(1);
  });

  it('does not hold up start, which recovers once there is room', async () => {
    const before = await startBench();
    const job = aJob();
    await before.runner.submit([job]);
    await settled();
    const { runner, journal, clock, statuses } = createBench({ disk: before.journal.disk });
    journal.refuseWith(FULL);
    expect(await runner.start()).toMatchObject({ failed: [job.id] });
    expect(runner.status()).toMatchObject({ running: 1, problem: expect.stringContaining('full') });
    journal.refuseWith(null);
    clock.advance(JOURNAL_RETRY_MS);
    await runner.idle();
    expect(statuses(job.id)).toBe('pending running failed');
  });

  it('does not hold up stop: the journal says running, and the next start recovers it', async () => {
    const before = await startBench();
    const job = aJob({ on_interrupt: 'rerun' });
    await before.runner.submit([job]);
    await settled();
    before.journal.refuseWith(FULL);
    await before.runner.stop();
    expect(before.stored(job.id).status).toBe('running');
    const after = createBench({ disk: before.journal.disk });
    expect(await after.runner.start()).toMatchObject({ requeued: [job.id] });
  });

  it('keeps a callback due that was posted and could not be recorded', async () => {
    const { runner, journal, sender, clock, stored } = await startBench();
    sender.automatic = null;
    const job = aJob({ deadline: clock.now() }, { callback_url: 'http://127.0.0.1/done' });
    await runner.submit([job]);
    await settled();
    journal.refuseWith(FULL);
    sender.posts[0]?.answer();
    await settled();
    expect(runner.status().callbacksDue).toBe(1);
    journal.refuseWith(null);
    clock.advance(JOURNAL_RETRY_MS);
    await runner.idle();
    expect(stored(job.id).callback_status_code).toBe(200);
    expect(sender.posts).toHaveLength(1);
  });
});
