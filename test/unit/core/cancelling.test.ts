import { describe, expect, it } from 'vitest';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { parseJobId } from '#shared/job/job-id.ts';
import { aJob, settled, startBench } from '../../fakes/runner-bench.ts';

describe('cancel', () => {
  it('ends a waiting job at once, durably, and never starts it', async () => {
    const { runner, executor, statuses, stored } = await startBench();
    const [first, second] = [aJob(), aJob()];
    await runner.submit([first, second]);
    await runner.cancel([second.id]);
    expect(statuses(second.id)).toBe('pending cancelled');
    expect(stored(second.id)).toMatchObject({ stop_reason: 'cancelled', total_duration_ns: null });
    executor.runOf(first.id).end();
    await runner.idle();
    expect(executor.runs).toHaveLength(1);
  });

  it('of a running job is recorded only when its process tree is gone', async () => {
    const { runner, executor, stored } = await startBench();
    executor.endsOnAbort = false;
    const job = aJob();
    await runner.submit([job]);
    await settled();
    await runner.cancel([job.id]);
    expect(executor.runOf(job.id).signal.aborted).toBe(true);
    expect(stored(job.id).status).toBe('running');
    executor.runOf(job.id).end({ outcome: 'cancelled' });
    await settled();
    expect(stored(job.id)).toMatchObject({ status: 'cancelled', stop_reason: 'cancelled' });
    expect(jobdeckOf(stored(job.id))?.attempts).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('comes too late for a task that completed before it', async () => {
    const { runner, executor, stored } = await startBench();
    executor.endsOnAbort = false;
    const job = aJob();
    await runner.submit([job]);
    await settled();
    await runner.cancel([job.id]);
    executor.runOf(job.id).end({ outcome: 'completed' });
    await settled();
    expect(stored(job.id).status).toBe('completed');
  });

  it('between the write of a start and the start is not lost: no process is started', async () => {
    const { runner, executor, journal, statuses } = await startBench();
    const job = aJob();
    journal.hold();
    const submitted = runner.submit([job]);
    journal.release(1);
    await submitted;
    await settled();
    await runner.cancel([job.id]);
    journal.release();
    await runner.idle();
    expect(statuses(job.id)).toBe('pending running cancelled');
    expect(executor.runs).toEqual([]);
  });

  it('of a job that is being submitted is not lost', async () => {
    const { runner, executor, journal, statuses } = await startBench();
    const job = aJob();
    journal.hold();
    const submitted = runner.submit([job]);
    const cancelled = runner.cancel([job.id]);
    journal.release();
    await Promise.all([submitted, cancelled]);
    expect(statuses(job.id)).toBe('pending cancelled');
    expect(executor.runs).toEqual([]);
  });

  it('asked for twice ends a job once', async () => {
    const { runner, statuses } = await startBench({ slots: 1 });
    const [first, second] = [aJob(), aJob()];
    await runner.submit([first, second]);
    await settled();
    await Promise.all([runner.cancel([first.id, second.id]), runner.cancel([second.id, first.id])]);
    await runner.idle();
    expect([statuses(first.id), statuses(second.id)]).toEqual([
      'pending running cancelled',
      'pending cancelled',
    ]);
  });

  it('names what it does not know, and what has ended', async () => {
    const { runner } = await startBench();
    const stranger = parseJobId('job-00000000-0000-4000-8000-000000000000');
    if (stranger === null) throw new Error('Expected an id.');
    const [over, waiting] = [aJob(), aJob()];
    await runner.submit([over, waiting]);
    await runner.cancel([over.id]);
    await settled();
    expect(await runner.cancel([stranger, over.id, waiting.id])).toEqual({
      requested: [waiting.id],
      unknown: [stranger, over.id],
    });
  });
});

describe('stop', () => {
  it('ends running attempts as an interruption, and each as its on_interrupt says', async () => {
    const { runner, executor, stored, statuses } = await startBench({ slots: 2 });
    const [fails, reruns, waits] = [aJob(), aJob({ on_interrupt: 'rerun' }), aJob()];
    await runner.submit([fails, reruns, waits]);
    await settled();
    await runner.stop();
    expect(statuses(fails.id)).toBe('pending running failed');
    expect(jobdeckOf(stored(fails.id))?.error?.code).toBe('interrupted');
    expect(statuses(reruns.id)).toBe('pending running pending');
    expect(jobdeckOf(stored(reruns.id))?.attempts).toMatchObject([
      { outcome: 'failed', error: { code: 'interrupted' } },
    ]);
    expect(statuses(waits.id)).toBe('pending');
    expect(executor.runs).toHaveLength(2);
  });

  it('puts back a job whose start was being written: nothing of it ran', async () => {
    const { runner, executor, journal, statuses } = await startBench();
    const job = aJob();
    journal.hold();
    const submitted = runner.submit([job]);
    journal.release(1);
    await submitted;
    const stopped = runner.stop();
    journal.release();
    await stopped;
    expect(statuses(job.id)).toBe('pending running pending');
    expect(executor.runs).toEqual([]);
  });

  it('takes a wish to cancel as such', async () => {
    const { runner, executor, statuses } = await startBench();
    executor.endsOnAbort = false;
    const job = aJob();
    await runner.submit([job]);
    await settled();
    await runner.cancel([job.id]);
    const stopped = runner.stop();
    executor.runOf(job.id).end({ outcome: 'cancelled' });
    await stopped;
    expect(statuses(job.id)).toBe('pending running cancelled');
  });

  it('lets those who wait for idle go', async () => {
    const { runner } = await startBench();
    await runner.submit([aJob(), aJob({ on_interrupt: 'rerun' })]);
    const idle = runner.idle();
    await runner.stop();
    await idle;
    expect(runner.status().pending).toBe(1);
  });
});
