/** Lets so many items start in each second or minute, whichever second or minute one looks at. */
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';

export interface RateLimit {
  /**
   * How long until one more may be taken, milliseconds: 0 for now, infinite where that depends on those that were
   * taken and have not started yet.
   */
  waitMs(nowMs: number): number;
  /** One was taken: it starts soon, or is given back. */
  take(): void;
  started(nowMs: number): void;
  giveBack(): void;
}

const WINDOW_MS = { second: 1000, minute: 60_000 } as const;

/**
 * A sliding window: a start comes a whole window after the one `count` starts before it, so that no window has more
 * than `count`. What was taken counts as starting at any time from now on. Times are monotonic milliseconds. Begins
 * anew with each run of a batch.
 */
export function createRateLimit(limit: JobdeckRequest['rate_limit']): RateLimit {
  if (limit === undefined) return { waitMs: () => 0, take() {}, started() {}, giveBack() {} };
  const { count, per } = limit;
  /** The newest starts, at most `count` of them, in a ring that begins at `oldest`. */
  const starts: number[] = [];
  let oldest = 0;
  let taken = 0;

  return {
    waitMs(nowMs) {
      if (taken >= count) return Number.POSITIVE_INFINITY;
      // With those that were taken it would be the one after `count` starts.
      const before = starts.length + taken < count ? undefined : starts[placeBefore()];
      return before === undefined ? 0 : Math.max(0, before + WINDOW_MS[per] - nowMs);
    },
    take() {
      taken += 1;
    },
    started(nowMs) {
      taken -= 1;
      if (starts.length < count) {
        starts.push(nowMs);
        return;
      }
      starts[oldest] = nowMs;
      oldest = (oldest + 1) % count;
    },
    giveBack() {
      taken -= 1;
    },
  };

  /** Where the start is that is `count - taken` before the next one. */
  function placeBefore(): number {
    return (oldest + starts.length - (count - taken)) % starts.length;
  }
}
