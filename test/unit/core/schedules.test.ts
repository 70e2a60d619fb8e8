import { describe, expect, it } from 'vitest';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckRequest, Schedule } from '#shared/job/jobdeck-metadata.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { MAX_COUNTED_RUNS, MISSED_AFTER_MS } from '../../../src-main/core/waiting/schedule.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { aJob, createBench, type RunnerBench, settled, startBench } from '../../fakes/runner-bench.ts';

const HOUR_MS = 3_600_000;
const EVERY_HOUR: Schedule = { cron: 'every 3600' };

const scheduled = (schedule: Partial<Schedule> = {}, request: JobdeckRequest = {}, rest = {}) =>
  aJob({ schedule: { ...EVERY_HOUR, ...schedule }, ...request }, rest);

/** What waits, as the journal has it. */
function waiting({ journal }: RunnerBench): BatchJob[] {
  return journal
    .activeJobs()
    .map(({ job }) => job)
    .filter(({ status }) => status === 'pending');
}

function onlyOne(jobs: readonly BatchJob[]): BatchJob {
  expect(jobs).toHaveLength(1);
  return jobs[0] as BatchJob;
}

const notBefore = (job: BatchJob) => jobdeckOf(job)?.not_before;

describe('a schedule', () => {
  it('begins at its first time, where the job does not say when', async () => {
    const bench = await startBench({ clock: createFakeClock('2026-11-01T08:20:00.000Z') });
    await bench.runner.submit([scheduled(), scheduled({}, { not_before: '2026-11-02T00:00:00Z' })]);
    expect(waiting(bench).map(notBefore)).toEqual(['2026-11-01T09:00:00.000Z', '2026-11-02T00:00:00Z']);
  });

  it('has its next run queued in the very commit of the start', async () => {
    const bench = await startBench();
    const { runner, clock, journal, executor } = bench;
    const job = scheduled(
      { remaining: 3 },
      { name: 'Nightly', retry: { max_attempts: 2 } },
      { callback_url: 'http://127.0.0.1/done' },
    );
    await runner.submit([job]);
    journal.hold();
    clock.advance(HOUR_MS);
    await settled();
    journal.release(1);
    await settled();
    expect(journal.disk.log.map(({ type }) => type)).toEqual(['submitted', 'started', 'submitted']);
    expect(executor.runs).toHaveLength(1);
    const successor = onlyOne(waiting(bench));
    expect(isJob(successor)).toBe(true);
    expect(successor).toMatchObject({ created_at: clock.now(), callback_url: 'http://127.0.0.1/done' });
    expect(successor.metadata?.jobdeck).toEqual({
      ...jobdeckOf(job),
      schedule: { ...EVERY_HOUR, remaining: 2, origin: job.id },
      not_before: '2026-11-01T10:00:00.000Z',
      rerun_of: null,
    });
  });

  it('moves a deadline along no further than the calendar goes', async () => {
    const bench = await startBench();
    await bench.runner.submit([scheduled({}, { deadline: '9999-12-31T23:59:59Z' })]);
    bench.clock.advance(HOUR_MS);
    await settled();
    const successor = onlyOne(waiting(bench));
    expect(jobdeckOf(successor)?.deadline).toBe('9999-12-31T23:59:59.999Z');
    expect(isJob(successor)).toBe(true);
  });

  it('goes on run after run, and names its first job in each', async () => {
    const bench = await startBench({ slots: 2 });
    bench.executor.isAutomatic = true;
    const job = scheduled();
    await bench.runner.submit([job]);
    for (let hour = 0; hour < 3; hour += 1) {
      bench.clock.advance(HOUR_MS);
      await settled();
    }
    expect(bench.executor.runs).toHaveLength(3);
    expect(jobdeckOf(onlyOne(waiting(bench)))?.schedule?.origin).toBe(job.id);
  });

  it.each([
    ['remaining', { remaining: 2 }],
    ['until', { until: '2026-11-01T10:30:00.000Z' }],
  ])('ends with %s', async (_, end) => {
    const { runner, executor, clock } = await startBench();
    executor.isAutomatic = true;
    await runner.submit([scheduled(end)]);
    for (let hour = 0; hour < 4; hour += 1) {
      clock.advance(HOUR_MS);
      await settled();
    }
    expect(executor.runs).toHaveLength(2);
    await runner.idle();
  });

  it('ends when the run that waits is cancelled', async () => {
    const bench = await startBench();
    const job = scheduled();
    await bench.runner.submit([job]);
    await bench.runner.cancel([job.id]);
    await bench.runner.idle();
    expect(bench.journal.disk.jobs.size).toBe(1);
  });

  it('goes on while the run before is still running, and when it fails and is tried again', async () => {
    const bench = await startBench({ slots: 2 });
    const { runner, clock, executor } = bench;
    const job = scheduled({}, { retry: { max_attempts: 2, backoff_ms: 1000, jitter: false } });
    await runner.submit([job]);
    clock.advance(HOUR_MS);
    await settled();
    const failure = { outcome: 'failed', error: { code: 'timeout', message: 'Too slow.' } } as const;
    executor.runOf(job.id).end(failure);
    await settled();
    clock.advance(1000);
    await settled();
    expect(executor.runs.map(({ spec }) => spec.attempt)).toEqual([1, 2]);
    clock.advance(HOUR_MS);
    await settled();
    expect(executor.runs).toHaveLength(3);
    expect(bench.journal.disk.jobs.size).toBe(3);
  });

  it('that is none is refused with the sentence of who knows', async () => {
    const { runner } = await startBench();
    const job = scheduled({ cron: 'whenever' });
    const { refused } = await runner.submit([job]);
    expect(refused).toEqual([
      { id: job.id, error: { code: 'bad-request', message: 'Expected every N, got "whenever".' } },
    ]);
  });

  it.each([
    ['has passed', '2026-11-01T08:30:00Z'],
    ['is no time', '2026-12-31T23:59:60Z'],
  ])('whose end %s is refused', async (_, until) => {
    const { runner } = await startBench();
    const { refused } = await runner.submit([scheduled({ until })]);
    expect(refused[0]?.error.message).toContain(until);
  });

  it('keeps the time that a run has to begin', async () => {
    const bench = await startBench();
    await bench.runner.submit([
      scheduled({}, { not_before: '2026-11-01T09:00:00Z', deadline: '2026-11-01T09:20:00Z' }),
    ]);
    bench.clock.advance(HOUR_MS);
    await settled();
    expect(jobdeckOf(onlyOne(waiting(bench)))?.deadline).toBe('2026-11-01T10:20:00.000Z');
  });

  it('goes on after a run whose deadline passed while it waited for a slot', async () => {
    const bench = await startBench();
    const job = scheduled({}, { not_before: '2026-11-01T09:00:00Z', deadline: '2026-11-01T09:20:00Z' });
    await bench.runner.submit([aJob(), job]);
    await settled();
    bench.clock.advance(1.5 * HOUR_MS);
    await settled();
    expect(bench.stored(job.id).status).toBe('expired');
    expect(jobdeckOf(onlyOne(waiting(bench)))).toMatchObject({
      not_before: '2026-11-01T10:00:00.000Z',
      deadline: '2026-11-01T10:20:00.000Z',
    });
  });

  it('is not waited for again by its successors: what it came after has ended', async () => {
    const bench = await startBench();
    const { runner, executor, clock } = bench;
    const [first, job] = [aJob(), scheduled()];
    const chained = {
      ...job,
      metadata: { jobdeck: { ...jobdeckOf(job), version: 1 as const, after: [first.id] } },
    };
    await runner.submit([first, chained]);
    await settled();
    executor.runOf(first.id).end();
    clock.advance(HOUR_MS);
    await settled();
    expect(executor.runs).toHaveLength(2);
    expect(jobdeckOf(onlyOne(waiting(bench)))).not.toHaveProperty('after');
  });
});

describe('a run whose time passed', () => {
  /** The bench of a later start, hours after the schedule was submitted and Jobdeck closed. */
  async function hoursLater(hours: number, job: BatchJob): Promise<RunnerBench> {
    const before = await startBench();
    await before.runner.submit([job]);
    await before.runner.stop();
    const clock = createFakeClock(
      new Date(Date.parse('2026-11-01T08:00:00.000Z') + hours * HOUR_MS).toISOString(),
    );
    const bench = createBench({ disk: before.journal.disk, clock });
    await bench.runner.start();
    await settled();
    return bench;
  }

  it('while Jobdeck was off is left out, and counted, where the schedule says nothing', async () => {
    const job = scheduled();
    const bench = await hoursLater(3.5, job);
    expect(bench.executor.runs).toEqual([]);
    expect(bench.journal.disk.log.at(-1)?.type).toBe('updated');
    expect(jobdeckOf(bench.stored(job.id))).toMatchObject({
      not_before: '2026-11-01T12:00:00.000Z',
      missed_runs: 3,
    });
    bench.clock.advance(HOUR_MS);
    await settled();
    expect(bench.executor.runs).toHaveLength(1);
    expect(jobdeckOf(onlyOne(waiting(bench)))).not.toHaveProperty('missed_runs');
  });

  it('while Jobdeck was off is made up for once, where the schedule says so', async () => {
    const bench = await hoursLater(3.5, scheduled({ missed: 'catch-up' }));
    expect(bench.executor.runs).toHaveLength(1);
    expect(jobdeckOf(onlyOne(waiting(bench)))).toMatchObject({
      not_before: '2026-11-01T12:00:00.000Z',
      missed_runs: 2,
    });
  });

  it('is not made up for after its deadline', async () => {
    const bench = await hoursLater(
      3.5,
      scheduled(
        { missed: 'catch-up' },
        { not_before: '2026-11-01T09:00:00Z', deadline: '2026-11-01T09:30:00Z' },
      ),
    );
    expect(bench.executor.runs).toEqual([]);
    expect(jobdeckOf(onlyOne(waiting(bench)))).toMatchObject({
      not_before: '2026-11-01T12:00:00.000Z',
      deadline: '2026-11-01T12:30:00.000Z',
    });
  });

  it('just now is not missed', async () => {
    const bench = await hoursLater(1 + MISSED_AFTER_MS / HOUR_MS, scheduled());
    expect(bench.executor.runs).toHaveLength(1);
  });

  it('with the end of its schedule expires', async () => {
    const job = scheduled({ until: '2026-11-01T10:30:00Z' });
    const bench = await hoursLater(5, job);
    await bench.runner.idle();
    expect(bench.statuses(job.id)).toBe('pending expired');
    expect(bench.executor.runs).toEqual([]);
  });

  it('while the machine slept is left out', async () => {
    const bench = await startBench();
    const job = scheduled();
    await bench.runner.submit([job]);
    bench.clock.sleep(2.5 * HOUR_MS);
    bench.runner.wake();
    await settled();
    expect(bench.executor.runs).toEqual([]);
    expect(jobdeckOf(bench.stored(job.id))).toMatchObject({
      not_before: '2026-11-01T11:00:00.000Z',
      missed_runs: 2,
    });
  });

  it.each(['skip', 'catch-up'] as const)(
    'while it waited for a slot is not missed, and runs when there is one (%s)',
    async (missed) => {
      const bench = await startBench();
      const { runner, executor, clock } = bench;
      const [busy, job] = [aJob(), scheduled({ missed })];
      await runner.submit([busy, job]);
      await settled();
      clock.advance(2.5 * HOUR_MS);
      executor.runOf(busy.id).end();
      await settled();
      expect(executor.runOf(job.id).hasEnded).toBe(false);
      expect(jobdeckOf(onlyOne(waiting(bench)))).toMatchObject({
        not_before: '2026-11-01T11:00:00.000Z',
        missed_runs: 1,
      });
    },
  );

  it('while it waited for another job is not missed either', async () => {
    const { runner, executor, clock } = await startBench();
    const first = aJob();
    const job = scheduled({}, { after: [first.id] });
    await runner.submit([first, job]);
    await settled();
    clock.advance(2.5 * HOUR_MS);
    executor.runOf(first.id).end();
    await settled();
    expect(executor.runOf(job.id).hasEnded).toBe(false);
  });

  it('millions of times is counted up to a bound', async () => {
    const job = scheduled({ cron: 'every 1' });
    const bench = await hoursLater(24 * 365, job);
    expect(jobdeckOf(bench.stored(job.id))?.missed_runs).toBe(1 + MAX_COUNTED_RUNS);
  });

  it('of a schedule that is none by now fails, and says why', async () => {
    const before = await startBench();
    const job = scheduled({ cron: 'every 60' });
    await before.runner.submit([job]);
    await before.runner.stop();
    const kept = before.journal.disk.jobs.get(job.id as JobId);
    const schedule = jobdeckOf(kept?.job as BatchJob)?.schedule as Schedule;
    schedule.cron = 'whenever';
    const { runner, stored } = createBench({
      disk: before.journal.disk,
      clock: createFakeClock('2026-11-01T08:01:30.000Z'),
    });
    await runner.start();
    await runner.idle();
    expect(jobdeckOf(stored(job.id))?.error).toEqual({
      code: 'invalid-task',
      message: 'Expected every N, got "whenever".',
    });
  });
});
