import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../../../src-main/core/batch/rate-limit.ts';
import { aBatch, createBatchBench } from '../../../fakes/batch-bench.ts';
import { settled } from '../../../fakes/runner-bench.ts';
import { seededRandom } from '../../../fakes/sample-jobs.ts';

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
      let nowMs = 12_345.678;
      for (let asked = 0; asked < 5000; asked += 1) {
        nowMs += (random() ** 4 * windowMs) / 2;
        if (limit.waitMs(nowMs) > 0) continue;
        limit.started(nowMs);
        starts.push(nowMs);
      }
      const tooSoon = starts.filter((startMs, at) => startMs - (starts[at - count] ?? -Infinity) < windowMs);
      expect(tooSoon).toEqual([]);
      expect(starts.length).toBeGreaterThan(count * 10);
    },
  );

  it('lets a start be made after exactly the wait that it names', () => {
    const limit = createRateLimit({ count: 2, per: 'second' });
    limit.started(0);
    limit.started(300);
    expect(limit.waitMs(400)).toBe(600);
    expect(limit.waitMs(1000)).toBe(0);
    limit.started(1000);
    expect(limit.waitMs(1000)).toBe(300);
  });

  it('that is none never waits', () => {
    const limit = createRateLimit(undefined);
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

  it('is over with its last item, not with its last window', async () => {
    const bench = createBatchBench();
    bench.executor.isAutomatic = true;
    const { done } = await bench.start(aBatch(3, { rate_limit: { count: 3, per: 'minute' } }));
    expect((await done).outcome).toBe('completed');
  });
});
