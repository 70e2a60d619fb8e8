/** A clock that stands still until a test moves it. */
import type { Clock } from '../../src-main/core/ports.ts';

export interface FakeClock extends Clock {
  /** Moves both times on and fires what is due, in order. */
  advance(ms: number): void;
}

export function createFakeClock(start = '2026-11-01T08:00:00.000Z'): FakeClock {
  const origin = Date.parse(start);
  let elapsedMs = 0;
  let timers: { at: number; action: () => void }[] = [];
  return {
    now: () => new Date(origin + elapsedMs).toISOString(),
    monotonicNs: () => BigInt(Math.round(elapsedMs * 1e6)) + 7_000_000_000n,
    after(delayMs, action) {
      const timer = { at: elapsedMs + delayMs, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      elapsedMs += ms;
      const due = timers.filter(({ at }) => at <= elapsedMs).sort((one, other) => one.at - other.at);
      timers = timers.filter(({ at }) => at > elapsedMs);
      for (const { action } of due) action();
    },
  };
}
