/**
 * Lets what attempts came to be written together while many are on their way: each commit is synced, which takes
 * longer than all that is written in it.
 */
import type { Disposer } from '#shared/contract/app-api.ts';
import type { Clock } from '../ports.ts';

/** The longest that one waits for others, milliseconds: so much more is sent again after a crash. */
export const MAX_GATHER_MS = 20;
/** With so many times as many waiting as are still on their way they are written. */
const GROUP_TIMES = 4;
/** With fewer than so many on their way nothing waits. */
const MANY = 4;

export interface Gathering {
  /** Resolves when it is to be written: with others, or at once where there are few. */
  arrive(): Promise<void>;
  /** All that waits is to be written now. */
  release(): void;
}

/** @param going how many exchanges go on, of which each will arrive */
export function createGathering(clock: Pick<Clock, 'after'>, going: () => number): Gathering {
  let waiting: (() => void)[] = [];
  let cancelTimer: Disposer | null = null;

  function release(): void {
    cancelTimer?.();
    cancelTimer = null;
    const released = waiting;
    waiting = [];
    for (const resolve of released) resolve();
  }

  return {
    arrive() {
      return new Promise((resolve) => {
        waiting.push(resolve);
        if (going() < MANY || waiting.length >= going() * GROUP_TIMES) release();
        else cancelTimer ??= clock.after(MAX_GATHER_MS, release);
      });
    },
    release,
  };
}
