/** How fast items came to their end of late. */

export interface Throughput {
  ended(nowMs: number): void;
  /** Items per second; null where too few ended to tell. */
  perSecond(nowMs: number): number | null;
  /** Forgets what was: the time that a batch stood still is no time it took. */
  reset(nowMs: number): void;
}

const WINDOW_MS = 30_000;
const MAX_ENDS = 200;
/** Fewer say nothing. Of slow items so many are looked at, however long ago they ended. */
const MIN_ENDS = 5;

/** Times are monotonic milliseconds. */
export function createThroughput(startMs: number): Throughput {
  /** Of the newest ends; what came before them ended at `sinceMs`, or nothing did. */
  let ends: number[] = [];
  let sinceMs = startMs;

  function drop(nowMs: number): void {
    while (ends.length > MAX_ENDS || (ends.length > MIN_ENDS && (ends[0] ?? nowMs) < nowMs - WINDOW_MS)) {
      sinceMs = ends.shift() ?? sinceMs;
    }
  }

  return {
    ended(nowMs) {
      ends.push(nowMs);
      drop(nowMs);
    },
    perSecond(nowMs) {
      drop(nowMs);
      const tookMs = nowMs - sinceMs;
      return ends.length < MIN_ENDS || tookMs <= 0 ? null : (ends.length * 1000) / tookMs;
    },
    reset(nowMs) {
      ends = [];
      sinceMs = nowMs;
    },
  };
}
