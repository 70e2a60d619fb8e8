import { describe, expect, it } from 'vitest';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { MAX_LINES } from '../../../src-main/core/step-group.ts';
import { SOME_COUNTS } from '../../fakes/fake-batches.ts';
import { aJob, createBench, settled, startBench } from '../../fakes/runner-bench.ts';

const KEY: JobdeckRequest = { dedup_key: 'photos' };
const JOINS: JobdeckRequest = { ...KEY, on_duplicate: 'join' };

describe('a job whose dedup_key an active job has', () => {
  it('is refused, and the active one is named', async () => {
    const { runner } = await startBench();
    const [first, second, other] = [aJob(KEY), aJob(KEY), aJob({ dedup_key: 'videos' })];
    await runner.submit([first]);
    const { accepted, refused } = await runner.submit([second, other]);
    expect(accepted).toEqual([other.id]);
    expect(refused).toEqual([
      { id: second.id, error: { code: 'conflict', message: expect.stringContaining(first.id) } },
    ]);
  });

  it('is refused too where both are submitted at once', async () => {
    const { runner } = await startBench();
    const [first, second] = [aJob(KEY), aJob(KEY)];
    const { accepted, refused } = await runner.submit([first, second]);
    expect(accepted).toEqual([first.id]);
    expect(refused.map(({ id }) => id)).toEqual([second.id]);
  });

  it('is taken once that one has ended, and after a restart as well as before', async () => {
    const before = await startBench();
    const first = aJob({ ...KEY, on_interrupt: 'rerun' });
    await before.runner.submit([first]);
    await settled();
    const { runner, executor } = await startBench({ disk: before.journal.disk });
    await settled();
    const second = aJob(KEY);
    expect((await runner.submit([second])).refused).toHaveLength(1);
    executor.runOf(first.id).end();
    await settled();
    expect((await runner.submit([second])).accepted).toEqual([second.id]);
  });

  it('is refused where that one waits for its next attempt', async () => {
    const { runner, executor } = await startBench();
    const first = aJob({ ...KEY, retry: { max_attempts: 2 } });
    await runner.submit([first]);
    await settled();
    executor.runOf(first.id).end({ outcome: 'failed', error: { code: 'timeout', message: 'Too slow.' } });
    await settled();
    expect((await runner.submit([aJob(KEY)])).refused).toHaveLength(1);
  });
});

describe('a job that joins another', () => {
  it('takes no slot, and ends as that one with its result, in the same commit', async () => {
    const { runner, executor, journal, stored, statuses } = await startBench({ slots: 2 });
    const [leader, joiner] = [aJob(KEY), aJob(JOINS)];
    await runner.submit([leader]);
    await runner.submit([joiner]);
    await settled();
    expect(executor.runs).toHaveLength(1);
    expect(jobdeckOf(stored(joiner.id))?.joined).toBe(leader.id);
    journal.hold();
    executor.runOf(leader.id).end({ result: { exit_code: 0, stdout: 'sums' } });
    await settled();
    journal.release(1);
    expect(statuses(joiner.id)).toBe('pending running completed');
    expect(stored(joiner.id)).toMatchObject({ stop_reason: 'end_turn', total_duration_ns: null });
    expect(jobdeckOf(stored(joiner.id))).toMatchObject({
      result: { exit_code: 0, stdout: 'sums' },
      attempts: [{ number: 1, outcome: 'completed', duration_ns: null }],
    });
    expect(isJob(stored(joiner.id))).toBe(true);
  });

  it('fails with its error and stop reason', async () => {
    const { runner, executor, stored } = await startBench();
    const [leader, joiner] = [aJob(KEY), aJob(JOINS)];
    await runner.submit([leader, joiner]);
    await settled();
    const error = { code: 'model', message: 'No credit is left.' } as const;
    executor.runOf(leader.id).end({ outcome: 'failed', error, stopReason: 'insufficient_credits' });
    await settled();
    expect(stored(joiner.id)).toMatchObject({ status: 'failed', stop_reason: 'insufficient_credits' });
    expect(jobdeckOf(stored(joiner.id))?.error).toEqual(error);
  });

  it('has the counts of a batch', async () => {
    const { runner, batches, stored } = await startBench();
    const items = { values: [1, 2, 3] };
    const [leader, joiner] = [aJob({ ...KEY, items }), aJob({ ...JOINS, items })];
    await runner.submit([leader, joiner]);
    await settled();
    batches.runOf(leader.id).end();
    await settled();
    expect(jobdeckOf(stored(joiner.id))?.counts).toEqual(SOME_COUNTS);
  });

  it('is cancelled with it, but can be cancelled alone', async () => {
    const { runner, executor, statuses } = await startBench();
    const [leader, one, other] = [aJob(KEY), aJob(JOINS), aJob(JOINS)];
    await runner.submit([leader, one, other]);
    await settled();
    await runner.cancel([one.id]);
    expect(statuses(one.id)).toBe('pending cancelled');
    expect(executor.runOf(leader.id).hasEnded).toBe(false);
    await runner.cancel([leader.id]);
    await settled();
    expect(statuses(other.id)).toBe('pending cancelled');
  });

  it('expires with it, and fails with it where that one never ran', async () => {
    const { runner, clock, stored } = await startBench();
    const first = aJob();
    const leader = aJob({ ...KEY, after: [first.id] });
    const late = aJob({
      dedup_key: 'late',
      deadline: new Date(Date.parse(clock.now()) + 1000).toISOString(),
    });
    const [one, other] = [aJob(JOINS), aJob({ dedup_key: 'late', on_duplicate: 'join' })];
    await runner.submit([first, leader, one, late, other]);
    await settled();
    clock.advance(1000);
    await settled();
    expect(stored(other.id).status).toBe('expired');
    await runner.cancel([first.id]);
    await settled();
    expect(jobdeckOf(stored(one.id))).toMatchObject({ error: { code: 'dependency' } });
    expect(jobdeckOf(stored(one.id))?.attempts).toBeUndefined();
  });

  it('lets those that wait for it go on', async () => {
    const { runner, executor } = await startBench();
    const [leader, joiner] = [aJob(KEY), aJob(JOINS)];
    const waits = aJob({ after: [joiner.id] });
    await runner.submit([leader, joiner, waits]);
    await settled();
    executor.runOf(leader.id).end();
    await settled();
    expect(executor.runOf(waits.id).hasEnded).toBe(false);
  });

  it('ends as that one whose end was being written when it joined', async () => {
    const { runner, executor, journal, statuses } = await startBench();
    const [leader, joiner] = [aJob(KEY), aJob(JOINS)];
    await runner.submit([leader]);
    await settled();
    journal.hold();
    executor.runOf(leader.id).end();
    await settled();
    const submitted = runner.submit([joiner]);
    await settled();
    journal.release();
    await submitted;
    await runner.idle();
    expect(statuses(joiner.id)).toBe('pending running completed');
  });

  it('joins none whose own submission is refused: of two at once the second runs', async () => {
    const { runner, journal, clock, statuses } = await startBench();
    const [leader, joiner] = [aJob(KEY), aJob(JOINS)];
    journal.hold();
    const first = runner.submit([leader]).catch(() => 'refused');
    const second = runner.submit([joiner]);
    await settled();
    journal.refuseWith(new Error('The disk is full.'));
    journal.release(1);
    journal.refuseWith(null);
    journal.release();
    expect(await first).toBe('refused');
    clock.advance(60_000);
    await second;
    await settled();
    expect(statuses(joiner.id)).toBe('pending running');
  });

  it('ends as that one did while Jobdeck was gone', async () => {
    const before = await startBench();
    const leader = aJob(KEY);
    const joiners = Array.from({ length: MAX_LINES }, () => aJob(JOINS));
    await before.runner.submit([leader, ...joiners]);
    await settled();
    before.journal.hold();
    before.executor.runOf(leader.id).end();
    await settled();
    before.journal.release(1);
    const { runner, statuses } = createBench({ disk: before.journal.disk });
    await runner.start();
    await runner.idle();
    expect(new Set(joiners.map(({ id }) => statuses(id)))).toEqual(new Set(['pending running completed']));
  });

  it('runs by itself where the journal has lost that one', async () => {
    const before = await startBench();
    const [leader, joiner] = [aJob(KEY), aJob(JOINS)];
    await before.runner.submit([leader, joiner]);
    await settled();
    before.journal.disk.jobs.delete(leader.id);
    const { runner, executor, stored } = createBench({ disk: before.journal.disk });
    executor.isAutomatic = true;
    await runner.start();
    await runner.idle();
    expect(stored(joiner.id).status).toBe('completed');
    expect(executor.runs).toHaveLength(1);
  });

  it('is not one with a schedule, which would end with its first run', async () => {
    const { runner } = await startBench();
    const { refused } = await runner.submit([aJob(KEY), aJob({ ...JOINS, schedule: { cron: 'every 60' } })]);
    expect(refused).toMatchObject([
      { error: { code: 'conflict', message: expect.stringContaining('schedule') } },
    ]);
  });
});

describe('the runs of a schedule', () => {
  it('share their dedup_key: one does not keep the next from coming, and both keep others out', async () => {
    const { runner, executor, clock } = await startBench({ slots: 2 });
    const job = aJob({ ...KEY, schedule: { cron: 'every 3600' } });
    await runner.submit([job]);
    clock.advance(3_600_000);
    await settled();
    const joiner = aJob(JOINS);
    await runner.submit([joiner]);
    executor.runOf(job.id).end();
    await settled();
    clock.advance(3_600_000);
    await settled();
    expect(executor.runs).toHaveLength(2);
    expect(runner.progress([joiner.id])).toEqual([]);
    expect((await runner.submit([aJob(KEY) satisfies BatchJob])).refused).toHaveLength(1);
  });
});
