/**
 * One alarm for everything that waits for a time, however many there are. Times are those of the wall clock, which
 * can be set, and timers stand still while the machine sleeps: so it looks at the clock again and again.
 */
import type { Disposer } from '#shared/contract/app-api.ts';
import { createLazyHeap } from '../lazy-heap.ts';
import type { Clock } from '../ports.ts';

/** The longest it leaves the clock unwatched, milliseconds. */
export const MAX_ALARM_MS = 30_000;

/** How many of them it wakes in one turn of the event loop. */
const MAX_WOKEN = 500;

/** Something that waits. */
export interface Sleeper {
  /** When it is woken, milliseconds since 1970; null where it is not. */
  alarmMs: number | null;
}

export interface Alarm<S extends Sleeper> {
  /** Wakes it at this time (milliseconds since 1970) instead of the one before; never for null. */
  set(sleeper: S, atMs: number | null): void;
  /** Looks at the clock now: it may have been set, or the machine slept. */
  look(): void;
  stop(): void;
}

interface Ring<S> {
  atMs: number;
  sleeper: S;
}

export function createAlarm<S extends Sleeper>(clock: Clock, wake: (sleeper: S) => void): Alarm<S> {
  const rings = createLazyHeap<Ring<S>>(
    (one, other) => one.atMs - other.atMs,
    ({ atMs, sleeper }) => sleeper.alarmMs === atMs,
  );
  let timer: { atMs: number; cancel: Disposer } | null = null;
  let stopped = false;

  const nowMs = () => Date.parse(clock.now());

  function arm(): void {
    const next = stopped ? undefined : rings.peek();
    if (next !== undefined && timer !== null && timer.atMs <= next.atMs) return;
    disarm();
    if (next === undefined) return;
    const delayMs = Math.min(Math.max(next.atMs - nowMs(), 0), MAX_ALARM_MS);
    timer = { atMs: next.atMs, cancel: clock.after(delayMs, look) };
  }

  function disarm(): void {
    timer?.cancel();
    timer = null;
  }

  function look(): void {
    disarm();
    const now = nowMs();
    for (let woken = 0; woken < MAX_WOKEN; woken += 1) {
      const next = rings.peek();
      if (next === undefined || next.atMs > now || stopped) break;
      rings.pop();
      next.sleeper.alarmMs = null;
      wake(next.sleeper);
    }
    arm();
  }

  return {
    set(sleeper, atMs) {
      if (sleeper.alarmMs === atMs) return;
      sleeper.alarmMs = atMs;
      if (atMs === null) return;
      rings.push({ atMs, sleeper });
      if (timer === null || atMs < timer.atMs) arm();
    },
    look,
    stop() {
      stopped = true;
      disarm();
    },
  };
}
