import { describe, expect, it } from 'vitest';
import { aBatch, createBatchBench, failedWith } from '../../../fakes/batch-bench.ts';
import { settled } from '../../../fakes/settled.ts';

const RETRY = { max_attempts: 3, backoff_ms: 1000, jitter: false };

describe('an item that failed and is tried again', () => {
  it('is pending until its wait is over, and then has another attempt', async () => {
    const bench = createBatchBench();
    const job = aBatch(1, { retry: RETRY });
    await bench.start(job);
    bench.runOf(0).end(failedWith('timeout', 'Too slow.'));
    await settled();
    expect(bench.items(job)[0]).toMatchObject({ status: 'pending', attempts: 1, error: { code: 'timeout' } });
    expect(bench.told).toEqual([]);
    bench.clock.advance(999);
    await settled();
    expect(bench.executor.runs).toHaveLength(1);
    bench.clock.advance(1);
    await settled();
    expect(bench.runOf(0).spec).toMatchObject({ attempt: 2, itemValue: 'a' });
    expect(bench.items(job)[0]).toMatchObject({ status: 'running', attempts: 2 });
  });

  it('is failed after its last attempt', async () => {
    const bench = createBatchBench();
    const { done } = await bench.start(aBatch(1, { retry: RETRY }));
    for (const waitMs of [1000, 2000, 0]) {
      bench.runOf(0).end(failedWith('timeout', 'Too slow.'));
      await settled();
      bench.clock.advance(waitMs);
      await settled();
    }
    expect(await done).toMatchObject({ outcome: 'failed', counts: { failed: 1 } });
    expect(bench.executor.runs.map(({ spec }) => spec.attempt)).toEqual([1, 2, 3]);
    expect(bench.told).toEqual(['0 failed']);
  });

  it('holds no slot while it waits', async () => {
    const bench = createBatchBench();
    await bench.start(aBatch(3, { retry: RETRY, concurrency: 1 }));
    bench.runOf(0).end(failedWith('timeout'));
    await settled();
    expect(bench.running()).toEqual([1]);
  });

  it('comes before those that were not handed out yet, once its wait is over', async () => {
    const bench = createBatchBench();
    await bench.start(aBatch(9, { retry: RETRY, concurrency: 1 }));
    bench.runOf(0).end(failedWith('timeout'));
    await settled();
    bench.clock.advance(1000);
    bench.runOf(1).end();
    await settled();
    expect(bench.running()).toEqual([0]);
  });

  it('waits as long as the other side asked', async () => {
    const bench = createBatchBench();
    await bench.start(aBatch(1, { retry: RETRY }));
    bench.runOf(0).end({
      ...failedWith('http-status'),
      result: { status_code: 429 },
      retryAfterMs: 90_000,
    });
    await settled();
    bench.clock.advance(89_999);
    await settled();
    expect(bench.executor.runs).toHaveLength(1);
    bench.clock.advance(1);
    await settled();
    expect(bench.executor.runs).toHaveLength(2);
  });

  it('is due at once after a restart, with the attempts that are left', async () => {
    const first = createBatchBench();
    const job = aBatch(1, { retry: RETRY });
    const { abort, done } = await first.start(job);
    first.runOf(0).end(failedWith('timeout'));
    await settled();
    abort.abort('stop');
    expect((await done).outcome).toBe('cancelled');
    const next = createBatchBench({ disk: first.store.disk });
    await next.start(job);
    expect(next.runOf(0).spec.attempt).toBe(2);
  });

  it('does not wait for the time that the machine slept', async () => {
    const bench = createBatchBench();
    await bench.start(aBatch(1, { retry: { ...RETRY, backoff_ms: 60_000 } }));
    bench.runOf(0).end(failedWith('timeout'));
    await settled();
    const { now } = bench.clock;
    bench.clock.now = () => new Date(Date.parse(now()) + 60_000).toISOString();
    bench.runner.wake();
    await settled();
    expect(bench.runOf(0).spec.attempt).toBe(2);
  });

  it('waits no longer where the clock was set back', async () => {
    const bench = createBatchBench();
    await bench.start(aBatch(1, { retry: RETRY }));
    bench.runOf(0).end(failedWith('timeout'));
    await settled();
    const { now } = bench.clock;
    bench.clock.now = () => new Date(Date.parse(now()) - 86_400_000).toISOString();
    bench.runner.wake();
    bench.clock.advance(1000);
    await settled();
    expect(bench.runOf(0).spec.attempt).toBe(2);
  });
});
