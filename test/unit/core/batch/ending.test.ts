import { describe, expect, it } from 'vitest';
import { aBatch, createBatchBench, failedWith } from '../../../fakes/batch-bench.ts';
import { settled } from '../../../fakes/settled.ts';

const statuses = (items: readonly { status: string }[]) => items.map(({ status }) => status).join(' ');

describe('cancelling a batch', () => {
  it('hands out no more, ends what runs, keeps what ended and cancels the rest', async () => {
    const bench = createBatchBench();
    const job = aBatch(6);
    const { abort, done } = await bench.start(job);
    bench.runOf(0).end();
    bench.runOf(1).end(failedWith('timeout'));
    await settled();
    expect(bench.running()).toEqual([2, 3]);
    abort.abort('cancel');
    expect(await done).toMatchObject({
      outcome: 'cancelled',
      counts: { total: 6, completed: 1, failed: 1, cancelled: 4 },
    });
    expect(statuses(bench.items(job))).toBe('completed failed cancelled cancelled cancelled cancelled');
    expect(bench.executor.runs).toHaveLength(4);
    expect(bench.told).toEqual(['0 completed', '1 failed', '2 cancelled', '3 cancelled']);
  });

  it('is over when the items that run have ended, not before', async () => {
    const bench = createBatchBench();
    bench.executor.endsOnAbort = false;
    const job = aBatch(3);
    const { abort, report } = await bench.start(job);
    abort.abort('cancel');
    await settled();
    expect(report()).toBeNull();
    expect(bench.runOf(0).signal.reason).toBe('cancel');
    bench.runOf(0).end();
    bench.runOf(1).end(failedWith('exit-code'));
    await settled();
    expect(report()).toMatchObject({ outcome: 'cancelled' });
    expect(statuses(bench.items(job))).toBe('completed failed cancelled');
  });

  it('when its last items complete all the same completes it', async () => {
    const bench = createBatchBench();
    bench.executor.endsOnAbort = false;
    const { abort, done } = await bench.start(aBatch(2));
    abort.abort('cancel');
    for (const { end } of bench.executor.running()) end();
    expect(await done).toMatchObject({ outcome: 'completed', counts: { completed: 2 } });
  });

  it('does not wait for attempts that would have been made later', async () => {
    const bench = createBatchBench();
    const job = aBatch(1, { retry: { max_attempts: 5, backoff_ms: 60_000 } });
    const { abort, done } = await bench.start(job);
    bench.runOf(0).end(failedWith('timeout'));
    await settled();
    expect(statuses(bench.items(job))).toBe('pending');
    abort.abort('cancel');
    expect(await done).toMatchObject({ outcome: 'cancelled', counts: { cancelled: 1 } });
  });

  it('that waits cancels what is pending of it', async () => {
    const bench = createBatchBench();
    const job = aBatch(4, { on_interrupt: 'rerun' });
    const { abort, done } = await bench.start(job);
    bench.runOf(0).end();
    await settled();
    abort.abort('stop');
    await done;
    expect(await bench.runner.cancelWaiting(job.id)).toEqual({
      total: 4,
      completed: 1,
      failed: 0,
      cancelled: 3,
    });
    expect(await bench.runner.cancelWaiting(aBatch(1).id)).toBeNull();
  });
});

describe('closing the application', () => {
  it.each([
    ['rerun', 'completed pending pending pending'],
    ['fail', 'completed failed failed pending'],
  ] as const)('with on_interrupt %s leaves the items of a batch %s', async (on_interrupt, left) => {
    const bench = createBatchBench();
    const job = aBatch(4, { on_interrupt });
    const { abort, done } = await bench.start(job);
    bench.runOf(0).end();
    await settled();
    expect(bench.running()).toEqual([1, 2]);
    abort.abort('stop');
    expect((await done).outcome).toBe('cancelled');
    expect(statuses(bench.items(job))).toBe(left);
    for (const { error } of bench.items(job)) if (error !== null) expect(error.code).toBe('interrupted');
  });

  it('and opening it again goes on with what is left', async () => {
    const first = createBatchBench();
    const job = aBatch(4, { on_interrupt: 'rerun' });
    const { abort, done } = await first.start(job);
    first.runOf(0).end();
    await settled();
    abort.abort('stop');
    await done;
    const next = createBatchBench({ disk: first.store.disk });
    next.executor.isAutomatic = true;
    const { done: over } = await next.start(job);
    expect(await over).toMatchObject({ outcome: 'completed', counts: { completed: 4 } });
    expect(next.executor.runs.map(({ spec }) => [spec.item, spec.attempt])).toEqual([
      [1, 2],
      [2, 2],
      [3, 1],
    ]);
  });

  it('while the store refuses gives up, and the next start finds the item interrupted', async () => {
    const bench = createBatchBench();
    const job = aBatch(2);
    const { abort, done } = await bench.start(job);
    bench.store.refuseWith(new Error('no'));
    abort.abort('stop');
    expect((await done).outcome).toBe('cancelled');
    expect(statuses(bench.items(job))).toBe('running running');
  });

  it('after a cancellation that waits for the store gives up as well', async () => {
    const bench = createBatchBench();
    const { abort, report } = await bench.start(aBatch(2));
    bench.store.refuseWith(new Error('no'));
    abort.abort('cancel');
    await settled();
    expect(report()).toBeNull();
    bench.runner.stop();
    await settled();
    expect(report()).toMatchObject({ outcome: 'cancelled' });
  });
});

describe('finishing', () => {
  it('lets the items that run end and leaves the rest pending', async () => {
    const bench = createBatchBench();
    const job = aBatch(5);
    const { report } = await bench.start(job);
    bench.runner.finish();
    bench.runOf(0).end();
    await settled();
    expect(report()).toBeNull();
    bench.runOf(1).end(failedWith('timeout'));
    await settled();
    expect(report()).toMatchObject({
      outcome: 'cancelled',
      counts: { completed: 1, failed: 1, cancelled: 0 },
    });
    expect(statuses(bench.items(job))).toBe('completed failed pending pending pending');
  });

  it('leaves an item that waits for another attempt pending', async () => {
    const bench = createBatchBench();
    const job = aBatch(1, { retry: { max_attempts: 2 } });
    const { report } = await bench.start(job);
    bench.runner.finish();
    bench.runOf(0).end(failedWith('timeout'));
    await settled();
    expect(report()).toMatchObject({ outcome: 'cancelled' });
    expect(bench.items(job)).toMatchObject([{ status: 'pending', attempts: 1, error: { code: 'timeout' } }]);
  });

  it('when the last items run completes the batch', async () => {
    const bench = createBatchBench();
    const { done } = await bench.start(aBatch(2));
    bench.runner.finish();
    for (const { end } of bench.executor.running()) end();
    expect((await done).outcome).toBe('completed');
  });

  it('lets no batch begin any more', async () => {
    const bench = createBatchBench();
    bench.runner.finish();
    const { done } = await bench.start(aBatch(2));
    expect((await done).outcome).toBe('cancelled');
    expect(bench.executor.runs).toEqual([]);
  });
});

describe('a suspended batch', () => {
  it('has its processes stopped and hands out nothing until it is resumed', async () => {
    const bench = createBatchBench();
    const job = aBatch(5);
    await bench.start(job);
    expect(await bench.runner.suspend(job.id)).toBe(true);
    expect(bench.executor.suspended).toEqual([
      { jobId: job.id, attempt: 1, item: 0 },
      { jobId: job.id, attempt: 1, item: 1 },
    ]);
    bench.runOf(0).end();
    await settled();
    expect(bench.running()).toEqual([1]);
    expect(await bench.runner.resume(job.id)).toBe(true);
    await settled();
    expect(bench.executor.suspended.map(({ item }) => item)).not.toContain(1);
    expect(bench.running()).toEqual([1, 2]);
  });

  it('can be cancelled', async () => {
    const bench = createBatchBench();
    const job = aBatch(5);
    const { abort, done } = await bench.start(job);
    await bench.runner.suspend(job.id);
    abort.abort('cancel');
    expect(await done).toMatchObject({ outcome: 'cancelled', counts: { cancelled: 5 } });
  });

  it('is over when its last items end all the same', async () => {
    const bench = createBatchBench();
    const job = aBatch(1);
    const { done } = await bench.start(job);
    await bench.runner.suspend(job.id);
    bench.runOf(0).end();
    expect((await done).outcome).toBe('completed');
  });

  it('is none where nothing of that name runs', async () => {
    const { runner } = createBatchBench();
    expect(await runner.suspend(aBatch(1).id)).toBe(false);
    expect(await runner.resume(aBatch(1).id)).toBe(false);
  });
});

describe('an item that was begun while its batch was suspended', () => {
  /** One item of which the begin is on its way when the batch is suspended. */
  async function begunWhileSuspended() {
    const bench = createBatchBench({ concurrency: () => 1 });
    const job = aBatch(2);
    const started = await bench.start(job);
    bench.store.hold();
    bench.runOf(0).end();
    await settled();
    await bench.runner.suspend(job.id);
    bench.store.release();
    await settled();
    expect(bench.items(job)[1]?.status).toBe('running');
    expect(bench.running()).toEqual([]);
    return { bench, job, ...started };
  }

  it('starts when it is resumed', async () => {
    const { bench, job } = await begunWhileSuspended();
    await bench.runner.resume(job.id);
    await settled();
    expect(bench.running()).toEqual([1]);
  });

  it('is as if it had not been handed out when the application closes', async () => {
    const { bench, job, abort, done } = await begunWhileSuspended();
    abort.abort('stop');
    expect((await done).outcome).toBe('cancelled');
    expect(bench.items(job)[1]).toMatchObject({ status: 'pending', attempts: 0 });
  });

  it('is left pending when the batch is to finish', async () => {
    const { bench, job, done } = await begunWhileSuspended();
    bench.runner.finish();
    expect((await done).outcome).toBe('cancelled');
    expect(bench.items(job)[1]).toMatchObject({ status: 'pending', attempts: 0 });
  });
});
