import { describe, expect, it } from 'vitest';
import { MAX_ALARM_MS } from '../../../src-main/core/waiting/alarm.ts';
import { createFakeClock, type FakeClock } from '../../fakes/fake-clock.ts';
import { aJob, createBench, settled, startBench } from '../../fakes/runner-bench.ts';

const MINUTE_MS = 60_000;
const inMs = (clock: FakeClock, ms: number) => new Date(Date.parse(clock.now()) + ms).toISOString();

describe('not_before', () => {
  it('holds a job back until then, and no longer', async () => {
    const { runner, executor, clock } = await startBench();
    await runner.submit([aJob({ not_before: inMs(clock, 10 * MINUTE_MS) })]);
    clock.advance(10 * MINUTE_MS - 1);
    await settled();
    expect(executor.runs).toEqual([]);
    clock.advance(1);
    await settled();
    expect(executor.runs).toHaveLength(1);
  });

  it('takes no slot meanwhile: others pass', async () => {
    const { runner, executor, clock } = await startBench();
    const [later, now] = [aJob({ not_before: inMs(clock, MINUTE_MS), priority: 9 }), aJob()];
    await runner.submit([later, now]);
    await settled();
    expect(executor.runs.map(({ spec }) => spec.jobId)).toEqual([now.id]);
  });

  it('of many jobs starts each at its own time', async () => {
    const { runner, executor, clock } = await startBench({ slots: 10 });
    const jobs = [3, 1, 2].map((minutes) => aJob({ not_before: inMs(clock, minutes * MINUTE_MS) }));
    await runner.submit(jobs);
    for (let minute = 0; minute < 3; minute += 1) {
      clock.advance(MINUTE_MS);
      await settled();
      expect(executor.runs).toHaveLength(minute + 1);
    }
    expect(executor.runs.map(({ spec }) => jobs.findIndex(({ id }) => id === spec.jobId))).toEqual([1, 2, 0]);
  });

  it('that passed while the machine slept starts the job when it wakes', async () => {
    const { runner, executor, clock, batches } = await startBench();
    await runner.submit([aJob({ not_before: inMs(clock, 60 * MINUTE_MS) })]);
    clock.sleep(2 * 60 * MINUTE_MS);
    await settled();
    expect(executor.runs).toEqual([]);
    runner.wake();
    await settled();
    expect(executor.runs).toHaveLength(1);
    expect(batches.wakes).toBe(1);
  });

  it('is noticed within half a minute where nobody says that the clock was set', async () => {
    const { runner, executor, clock } = await startBench();
    await runner.submit([aJob({ not_before: inMs(clock, 60 * MINUTE_MS) })]);
    clock.sleep(60 * MINUTE_MS);
    clock.advance(MAX_ALARM_MS);
    await settled();
    expect(executor.runs).toHaveLength(1);
  });

  it('counts from the clock that was set back', async () => {
    const { runner, executor, clock } = await startBench();
    await runner.submit([aJob({ not_before: inMs(clock, MINUTE_MS) })]);
    clock.sleep(-5 * MINUTE_MS);
    clock.advance(2 * MINUTE_MS);
    await settled();
    expect(executor.runs).toEqual([]);
    clock.advance(4 * MINUTE_MS);
    await settled();
    expect(executor.runs).toHaveLength(1);
  });

  it('that passed while Jobdeck was off starts the job at the next start', async () => {
    const before = await startBench();
    await before.runner.submit([aJob({ not_before: inMs(before.clock, MINUTE_MS) })]);
    await before.runner.stop();
    const clock = createFakeClock('2026-11-05T08:00:00.000Z');
    const { executor } = await startBench({ disk: before.journal.disk, clock });
    await settled();
    expect(executor.runs).toHaveLength(1);
  });
});

describe('a deadline', () => {
  it.each([
    ['its time', (clock: FakeClock) => ({ not_before: inMs(clock, 5 * MINUTE_MS) })],
    ['a job that runs', () => ({ after: ['the other'] })],
    ['a job that it joined', () => ({ dedup_key: 'photos', on_duplicate: 'join' as const })],
    ['its queue', () => ({ queue: 'paused' })],
  ])('that passes while a job waits for %s expires it at once', async (_, requestOf) => {
    const { runner, clock, statuses } = await startBench();
    runner.saveQueue({ name: 'paused', slots: null, mode: 'paused' });
    const other = aJob({ dedup_key: 'photos' });
    const request = requestOf(clock);
    const job = aJob({
      ...request,
      ...('after' in request && { after: [other.id] }),
      deadline: inMs(clock, MINUTE_MS),
    });
    await runner.submit([other, job]);
    await settled();
    clock.advance(MINUTE_MS - 1);
    await settled();
    expect(statuses(job.id)).toBe('pending');
    clock.advance(1);
    await settled();
    expect(statuses(job.id)).toBe('pending expired');
  });

  it('that passes for thousands of jobs at once expires each of them', async () => {
    const { runner, clock } = await startBench();
    runner.saveQueue({ name: 'default', slots: null, mode: 'paused' });
    await runner.submit(Array.from({ length: 2000 }, () => aJob({ deadline: inMs(clock, MINUTE_MS) })));
    clock.advance(MINUTE_MS);
    await runner.idle();
    expect(runner.status().pending).toBe(0);
  });

  it('that passed while Jobdeck was off expires the job at the next start', async () => {
    const before = await startBench();
    before.runner.saveQueue({ name: 'default', slots: null, mode: 'paused' });
    const job = aJob({ deadline: inMs(before.clock, MINUTE_MS) });
    await before.runner.submit([job]);
    await before.runner.stop();
    const clock = createFakeClock('2026-11-05T08:00:00.000Z');
    const { runner, statuses, executor } = createBench({ disk: before.journal.disk, clock });
    await runner.start();
    await runner.idle();
    expect(statuses(job.id)).toBe('pending expired');
    expect(executor.runs).toEqual([]);
  });
});
