/** Lets so many items start in each second or minute, whichever second or minute one looks at. */
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';

export interface RateLimit {
  /** How long the next start has to wait, milliseconds; 0 where it may be now. */
  waitMs(nowMs: number): number;
  started(nowMs: number): void;
}

const WINDOW_MS = { second: 1000, minute: 60_000 } as const;

/**
 * A sliding window: a start waits until the one `count` starts before it is a whole window ago, so that no window
 * has more than `count`. Times are monotonic milliseconds. Begins anew with each run of a batch.
 */
export function createRateLimit(limit: JobdeckRequest['rate_limit']): RateLimit {
  if (limit === undefined) return { waitMs: () => 0, started() {} };
  const { count, per } = limit;
  /** The newest starts, at most `count` of them, in a ring that begins at `oldest`. */
  const starts: number[] = [];
  let oldest = 0;

  return {
    waitMs(nowMs) {
      const startMs = starts.length < count ? undefined : starts[oldest];
      return startMs === undefined ? 0 : Math.max(0, startMs + WINDOW_MS[per] - nowMs);
    },
    started(nowMs) {
      if (starts.length < count) {
        starts.push(nowMs);
        return;
      }
      starts[oldest] = nowMs;
      oldest = (oldest + 1) % count;
    },
  };
}
