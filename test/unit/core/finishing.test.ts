import { describe, expect, it } from 'vitest';
import { aJob, createBench, settled, startBench } from '../../fakes/runner-bench.ts';

describe('finish', () => {
  it('lets what runs come to its end, starts nothing more, and keeps what waits', async () => {
    const { runner, executor, statuses } = await startBench();
    const [running, waiting] = [aJob(), aJob()];
    await runner.submit([running, waiting]);
    await settled();
    let isFinished = false;
    const finished = runner.finish().then(() => {
      isFinished = true;
    });
    await settled();
    expect(isFinished).toBe(false);
    expect(runner.status().holds.map(({ reason }) => reason)).toEqual(['finishing']);
    executor.runOf(running.id).end();
    await finished;
    expect(statuses(running.id)).toBe('pending running completed');
    expect(statuses(waiting.id)).toBe('pending');
    await runner.idle();
    expect(executor.runs).toHaveLength(1);
  });

  it('resolves at once where nothing runs', async () => {
    const { runner } = await startBench();
    runner.saveQueue({ name: 'default', slots: null, mode: 'paused' });
    await runner.submit([aJob()]);
    await runner.finish();
  });

  it('has batches hand out no more, and the rest of their items waits', async () => {
    const { runner, batches, statuses } = await startBench();
    const batch = aJob({ items: { values: [1, 2] } });
    await runner.submit([batch]);
    await settled();
    await runner.finish();
    expect(batches.isFinishing).toBe(true);
    expect(statuses(batch.id)).toBe('pending running pending');
    expect(batches.runs).toHaveLength(1);
  });

  it('leaves a failed attempt to the next start', async () => {
    const before = await startBench();
    const job = aJob({ retry: { max_attempts: 2, backoff_ms: 10 } });
    await before.runner.submit([job]);
    await settled();
    const finished = before.runner.finish();
    const error = { code: 'timeout', message: 'Too slow.' } as const;
    before.executor.runOf(job.id).end({ outcome: 'failed', error });
    await finished;
    before.clock.advance(60_000);
    await settled();
    expect(before.statuses(job.id)).toBe('pending running pending');
    await before.runner.stop();
    const { runner, executor, clock } = createBench({ disk: before.journal.disk });
    await runner.start();
    clock.advance(10);
    await settled();
    expect(executor.runOf(job.id).spec.attempt).toBe(2);
  });

  it('waits for the callbacks of what ended', async () => {
    const { runner, executor, sender } = await startBench();
    sender.automatic = null;
    const job = aJob({}, { callback_url: 'http://127.0.0.1/done' });
    await runner.submit([job]);
    await settled();
    const finished = runner.finish();
    executor.runOf(job.id).end();
    await settled();
    sender.posts[0]?.answer();
    await finished;
    expect(runner.status().callbacksDue).toBe(0);
  });

  it('still lets running jobs be cancelled, and the runner be stopped', async () => {
    const { runner, statuses } = await startBench({ slots: 2 });
    const [one, other] = [aJob(), aJob({ on_interrupt: 'rerun' })];
    await runner.submit([one, other]);
    await settled();
    const finished = runner.finish();
    await runner.cancel([one.id]);
    await settled();
    await runner.stop();
    await finished;
    expect([statuses(one.id), statuses(other.id)]).toEqual([
      'pending running cancelled',
      'pending running pending',
    ]);
  });
});
