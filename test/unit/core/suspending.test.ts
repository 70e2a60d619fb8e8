import { describe, expect, it } from 'vitest';
import { aJob, createBench, settled, startBench } from '../../fakes/runner-bench.ts';

const isSuspended = ({ runner }: Pick<Awaited<ReturnType<typeof startBench>>, 'runner'>, id: string) =>
  runner.progress([id as never])[0]?.suspended;

describe('suspend', () => {
  it('lets a running job stand still until it is resumed', async () => {
    const bench = await startBench();
    const { runner, executor } = bench;
    const job = aJob();
    await runner.submit([job]);
    await settled();
    expect(await runner.suspend([job.id])).toEqual({ done: [job.id], refused: [] });
    expect(executor.suspended).toEqual([{ jobId: job.id, attempt: 1 }]);
    expect(isSuspended(bench, job.id)).toBe(true);
    expect(await runner.resume([job.id])).toEqual({ done: [job.id], refused: [] });
    expect(executor.suspended).toEqual([]);
    expect(isSuspended(bench, job.id)).toBe(false);
  });

  it('asks the batch runner about a batch', async () => {
    const bench = await startBench();
    const { runner, batches } = bench;
    const batch = aJob({ items: { values: [1] } });
    await runner.submit([batch]);
    await settled();
    await runner.suspend([batch.id]);
    expect([...batches.suspended]).toEqual([batch.id]);
    expect(isSuspended(bench, batch.id)).toBe(true);
    await runner.resume([batch.id]);
    expect(batches.suspended.size).toBe(0);
  });

  it('refuses what waits, what has ended and what can not stand still, each with its reason', async () => {
    const { runner, executor } = await startBench();
    const [over, running, waiting] = [aJob(), aJob(), aJob()];
    await runner.submit([over]);
    await settled();
    executor.runOf(over.id).end();
    await settled();
    await runner.submit([running, waiting]);
    await settled();
    executor.canSuspend = false;
    const { done, refused } = await runner.suspend([over.id, running.id, waiting.id]);
    expect(done).toEqual([]);
    expect(new Map(refused.map(({ id, error }) => [id, error.code]))).toEqual(
      new Map([
        [over.id, 'not-found'],
        [running.id, 'unsupported'],
        [waiting.id, 'conflict'],
      ]),
    );
  });

  it('does not outlive the attempt: the next one runs', async () => {
    const bench = await startBench();
    const { runner, executor, clock } = bench;
    const job = aJob({ retry: { max_attempts: 2, backoff_ms: 0 } });
    await runner.submit([job]);
    await settled();
    await runner.suspend([job.id]);
    executor.runOf(job.id).end({ outcome: 'failed', error: { code: 'timeout', message: 'Too slow.' } });
    await settled();
    clock.advance(0);
    await settled();
    expect(executor.runOf(job.id).spec.attempt).toBe(2);
    expect(isSuspended(bench, job.id)).toBe(false);
  });

  it('keeps no job from being cancelled, and is forgotten by a restart', async () => {
    const bench = await startBench();
    const job = aJob({ on_interrupt: 'rerun' });
    await bench.runner.submit([job]);
    await settled();
    await bench.runner.suspend([job.id]);
    const again = createBench({ disk: structuredClone(bench.journal.disk) });
    await again.runner.start();
    await settled();
    expect(isSuspended(again, job.id)).toBe(false);
    await bench.runner.cancel([job.id]);
    await bench.runner.idle();
    expect(bench.stored(job.id).status).toBe('cancelled');
  });
});
