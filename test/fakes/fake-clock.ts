/** A clock that stands still until a test moves it. */
import type { Clock } from '../../src-main/core/ports.ts';

export interface FakeClock extends Clock {
  /** Moves both times on and fires what is due, in order. */
  advance(ms: number): void;
  /** Moves the wall clock alone, as setting it does, or a machine that sleeps: timers stand still. */
  sleep(ms: number): void;
}

export function createFakeClock(start = '2026-11-01T08:00:00.000Z'): FakeClock {
  const origin = Date.parse(start);
  let elapsedMs = 0;
  let sleptMs = 0;
  let timers: { at: number; action: () => void }[] = [];

  /** The next timer that is due at `ms` or before. */
  function takeDue(ms: number) {
    const due = timers.filter(({ at }) => at <= ms).sort((one, other) => one.at - other.at)[0];
    timers = timers.filter((other) => other !== due);
    return due;
  }

  return {
    now: () => new Date(origin + elapsedMs + sleptMs).toISOString(),
    monotonicNs: () => BigInt(Math.round(elapsedMs * 1e6)) + 7_000_000_000n,
    after(delayMs, action) {
      const timer = { at: elapsedMs + delayMs, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const end = elapsedMs + ms;
      for (let due = takeDue(end); due !== undefined; due = takeDue(end)) {
        elapsedMs = Math.max(elapsedMs, due.at);
        due.action();
      }
      elapsedMs = end;
    },
    sleep(ms) {
      sleptMs += ms;
    },
  };
}
