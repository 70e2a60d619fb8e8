import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../../../src-main/core/batch/rate-limit.ts';
import { aBatch, createBatchBench } from '../../../fakes/batch-bench.ts';
import { seededRandom } from '../../../fakes/sample-jobs.ts';
import { settled } from '../../../fakes/settled.ts';

describe('a rate limit', () => {
  it.each([
    [1, 'second', 1000],
    [7, 'second', 1000],
    [60, 'minute', 60_000],
  ] as const)(
    'of %i per %s lets no window have more, whenever starts are asked for',
    (count, per, windowMs) => {
      const random = seededRandom(count);
      const limit = createRateLimit({ count, per });
      const starts: number[] = [];
      let taken = 0;
      let nowMs = 12_345.678;
      for (let turn = 0; turn < 20_000; turn += 1) {
        nowMs += (random() ** 4 * windowMs) / 2;
        // What is taken starts in its own time, after others were taken, or never.
        if (taken > 0 && random() < 0.5) {
          taken -= 1;
          if (random() < 0.1) limit.giveBack();
          else {
            limit.started(nowMs);
            starts.push(nowMs);
          }
        } else if (limit.waitMs(nowMs) === 0) {
          limit.take();
          taken += 1;
        }
      }
      const tooSoon = starts.filter((startMs, at) => startMs - (starts[at - count] ?? -Infinity) < windowMs);
      expect(tooSoon).toEqual([]);
      expect(starts.length).toBeGreaterThan(count * 10);
    },
  );

  it('lets a start be made after exactly the wait that it names', () => {
    const limit = createRateLimit({ count: 2, per: 'second' });
    for (const startMs of [0, 300]) {
      limit.take();
      limit.started(startMs);
    }
    expect(limit.waitMs(400)).toBe(600);
    expect(limit.waitMs(1000)).toBe(0);
    limit.take();
    expect(limit.waitMs(1000)).toBe(300);
    limit.take();
    expect(limit.waitMs(9000)).toBe(Number.POSITIVE_INFINITY);
    limit.giveBack();
    expect(limit.waitMs(1300)).toBe(0);
  });

  it('that is none never waits', () => {
    const limit = createRateLimit(undefined);
    limit.take();
    limit.started(0);
    expect(limit.waitMs(0)).toBe(0);
  });
});

describe('a batch with a rate limit', () => {
  it('hands out no more in a window, and goes on when it is over', async () => {
    const bench = createBatchBench({ concurrency: () => 100 });
    bench.executor.isAutomatic = true;
    const { done, report } = await bench.start(aBatch(7, { rate_limit: { count: 3, per: 'second' } }));
    expect(bench.executor.runs).toHaveLength(3);
    bench.clock.advance(999);
    await settled();
    expect(bench.executor.runs).toHaveLength(3);
    bench.clock.advance(1);
    await settled();
    expect(bench.executor.runs).toHaveLength(6);
    expect(report()).toBeNull();
    bench.clock.advance(1000);
    expect((await done).counts?.completed).toBe(7);
  });

  it('counts an item from its start, however long its begin took to write', async () => {
    const bench = createBatchBench({ concurrency: () => 100 });
    bench.store.hold();
    await bench.start(aBatch(4, { rate_limit: { count: 2, per: 'second' } }));
    bench.store.release();
    await settled();
    expect(bench.executor.runs).toHaveLength(2);
    bench.store.hold();
    bench.clock.advance(1000);
    await settled();
    bench.clock.advance(700);
    bench.store.release();
    await settled();
    expect(bench.executor.runs).toHaveLength(4);
  });

  it('is over with its last item, not with its last window', async () => {
    const bench = createBatchBench();
    bench.executor.isAutomatic = true;
    const { done } = await bench.start(aBatch(3, { rate_limit: { count: 3, per: 'minute' } }));
    expect((await done).outcome).toBe('completed');
  });
});
