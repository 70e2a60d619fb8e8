import { describe, expect, it } from 'vitest';
import { createHostPace, MAX_REST_MS, SLOW_MS } from '../../../../src-main/core/callbacks/host-pace.ts';

const MOST = 8;
const answer = (statusCode: number | null, rest = {}) => ({ statusCode, durationMs: 5, ...rest });

describe('the pace of a host', () => {
  it('begins with one at a time and grows by one with each exchange, up to what is set', () => {
    const pace = createHostPace();
    const limits = Array.from({ length: 10 }, () => {
      const limit = pace.limit();
      pace.ended(answer(200), 0, MOST);
      return limit;
    });
    expect(limits).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 8, 8]);
  });

  it.each([429, 502, 503, 504])('is half as fast after %i, and recovers', (status) => {
    const pace = createHostPace();
    for (let sent = 0; sent < MOST; sent += 1) pace.ended(answer(200), 0, MOST);
    const limits = [status, status, status, status, 200, 200].map((each) => {
      pace.ended(answer(each), 0, MOST);
      return pace.limit();
    });
    expect(limits).toEqual([4, 2, 1, 1, 2, 3]);
  });

  it.each([400, 401, 404, 410, 500, 501, null])(
    'is no slower after %s, which says nothing of load',
    (status) => {
      const pace = createHostPace();
      pace.ended(answer(status, { retryAfterMs: 1000 }), 0, MOST);
      expect([pace.limit(), pace.restMs(0)]).toEqual([2, 0]);
    },
  );

  it('leaves it alone for as long as it asked, and at most for a minute', () => {
    const pace = createHostPace();
    pace.ended(answer(429, { retryAfterMs: 3000 }), 1000, MOST);
    expect([pace.restMs(1000), pace.restMs(3999), pace.restMs(4000)]).toEqual([3000, 1, 0]);
    pace.ended(answer(503, { retryAfterMs: 86_400_000 }), 5000, MOST);
    expect(pace.restMs(5000)).toBe(MAX_REST_MS);
  });

  it('leaves it alone for longer and longer where it does not say for how long, and begins anew once it answers', () => {
    const pace = createHostPace();
    const rests = Array.from({ length: 6 }, (_, index) => {
      const nowMs = index * 100_000;
      pace.ended(answer(503), nowMs, MOST);
      return pace.restMs(nowMs);
    });
    expect(rests).toEqual([100, 200, 400, 800, 1000, 1000]);
    pace.ended(answer(200), 1_000_000, MOST);
    pace.ended(answer(503), 1_000_000, MOST);
    expect(pace.restMs(1_000_000)).toBe(100);
  });

  it('is not held up by a clock that was set back', () => {
    const pace = createHostPace();
    pace.ended(answer(429, { retryAfterMs: 30_000 }), 10_000_000, MOST);
    expect(pace.restMs(10_000_000 - MAX_REST_MS)).toBe(0);
  });

  it('is slow where its last exchange took long, however it ended', () => {
    const pace = createHostPace();
    pace.ended(answer(null, { durationMs: SLOW_MS + 1 }), 0, MOST);
    expect(pace.isSlow()).toBe(true);
    pace.ended(answer(200, { durationMs: SLOW_MS }), 0, MOST);
    expect(pace.isSlow()).toBe(false);
  });
});
