import { describe, expect, it } from 'vitest';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { aJob, createBench, settled, startBench } from '../../fakes/runner-bench.ts';

describe('recovery', () => {
  it('fails or reruns what was running, and says so', async () => {
    const before = await startBench({ slots: 2 });
    const [fails, reruns, waits] = [aJob(), aJob({ on_interrupt: 'rerun' }), aJob()];
    await before.runner.submit([fails, reruns, waits]);
    await settled();

    const { runner, executor, stored, statuses } = createBench({ disk: before.journal.disk });
    executor.isAutomatic = true;
    expect(await runner.start()).toEqual({ failed: [fails.id], requeued: [reruns.id], waiting: [waits.id] });
    await runner.idle();
    expect(statuses(fails.id)).toBe('pending running failed');
    expect(statuses(reruns.id)).toBe('pending running pending running completed');
    expect(statuses(waits.id)).toBe('pending running completed');
    expect(stored(fails.id)).toMatchObject({ stop_reason: 'error', total_duration_ns: null, ttft_ns: null });
    expect(jobdeckOf(stored(fails.id))).toMatchObject({
      error: { code: 'interrupted', message: expect.stringContaining('Jobdeck ended') },
      attempts: [{ outcome: 'failed', duration_ns: null, ttft_ns: null, error: { code: 'interrupted' } }],
    });
    expect(jobdeckOf(stored(reruns.id))).toMatchObject({
      attempts: [
        { number: 1, outcome: 'failed' },
        { number: 2, outcome: 'completed' },
      ],
    });
    expect(jobdeckOf(stored(reruns.id))?.error).toBeUndefined();
  });

  it('ends what an attempt left before it records anything, and names what it could not end', async () => {
    const before = await startBench();
    const job = aJob();
    await before.runner.submit([job]);
    await settled();
    const { runner, executor, stored, journal } = createBench({ disk: before.journal.disk });
    executor.survivors = [4711, 4712];
    let statusAtReap = '';
    const { reap } = executor;
    executor.reap = (key) => {
      statusAtReap = journal.find(key.jobId)?.job.status ?? '';
      return reap(key);
    };
    await runner.start();
    expect(executor.reaped).toEqual([{ jobId: job.id, attempt: 1 }]);
    expect(statusAtReap).toBe('running');
    expect(jobdeckOf(stored(job.id))?.error?.message).toContain('4711, 4712');
  });

  it('goes on where what an attempt left can not be found out, and says so', async () => {
    const before = await startBench();
    const job = aJob();
    await before.runner.submit([job]);
    await settled();
    const { runner, executor, stored } = createBench({ disk: before.journal.disk });
    executor.reap = () => Promise.reject(new Error('ps is missing'));
    await runner.start();
    expect(jobdeckOf(stored(job.id))?.error?.message).toContain('ps is missing');
  });

  it('queues in the order of submission, the interrupted ones at their old place, new ones behind', async () => {
    const before = await startBench({ slots: 2 });
    const jobs = Array.from({ length: 5 }, () => aJob({ on_interrupt: 'rerun' }));
    await before.runner.submit(jobs);
    await settled();
    const { runner, executor } = createBench({ disk: before.journal.disk });
    executor.isAutomatic = true;
    const late = aJob();
    const started = runner.start();
    await runner.submit([late]);
    await started;
    await runner.idle();
    expect(executor.runs.map(({ spec }) => spec.jobId)).toEqual([...jobs.map(({ id }) => id), late.id]);
  });

  it('measures a rerun from its own first attempt', async () => {
    const before = await startBench();
    const job = aJob({ on_interrupt: 'rerun' });
    await before.runner.submit([job]);
    await settled();
    const { runner, executor, stored, clock } = createBench({ disk: before.journal.disk });
    await runner.start();
    await settled();
    clock.advance(3);
    executor.runOf(job.id).end();
    await runner.idle();
    expect(stored(job.id).total_duration_ns).toBe(3_000_000);
  });

  it('puts thousands back to where they wait, turn by turn, and starts none before all are there', async () => {
    const before = await startBench();
    const jobs = Array.from({ length: 5000 }, () => aJob());
    const last = aJob({ priority: 1 });
    before.runner.saveQueue({ name: 'default', slots: null, mode: 'paused' });
    await before.runner.submit([...jobs, last]);
    const { runner, executor, clock } = createBench({ disk: before.journal.disk });
    const started = runner.start();
    for (let turn = 0; turn < 2; turn += 1) {
      await settled();
      expect(executor.runs).toEqual([]);
      clock.advance(0);
    }
    await started;
    await settled();
    expect(executor.runs.map(({ spec }) => spec.jobId)).toEqual([last.id]);
    expect(runner.status()).toMatchObject({ running: 1, pending: 5000 });
  });

  it('happens once: a second start is refused', async () => {
    const { runner } = await startBench();
    await expect(runner.start()).rejects.toMatchObject({ code: 'conflict' });
  });
});
