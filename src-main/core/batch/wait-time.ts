/** The time that waits between attempts go by: monotonic, and told of the time that the machine slept. */
import type { Clock } from '../ports.ts';

export interface WaitTime {
  /** Milliseconds from an arbitrary origin; never goes back. */
  nowMs(): number;
  /** The machine woke up: what the wall clock has gone on by more than the monotonic one is time that passed. */
  wake(): void;
}

export function createWaitTime(clock: Clock): WaitTime {
  const startMs = { wall: Date.parse(clock.now()), monotonic: monotonicMs(clock) };
  let sleptMs = 0;

  return {
    nowMs: () => monotonicMs(clock) + sleptMs,
    wake() {
      const wallMs = Date.parse(clock.now()) - startMs.wall;
      // A clock that was set back takes nothing away.
      sleptMs = Math.max(sleptMs, wallMs - (monotonicMs(clock) - startMs.monotonic));
    },
  };
}

export function monotonicMs(clock: Clock): number {
  return Number(clock.monotonicNs()) / 1e6;
}
