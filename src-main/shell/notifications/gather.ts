/** Gathers what happens close together, so that much of it makes one notification. */
import type { Disposer } from '#shared/contract/app-api.ts';

/** Long enough for the end of a batch of short jobs, too short to be felt after a single one. */
const GATHER_MS = 250;
/** After a notification the next comes no sooner than this: a queue of short jobs shall not ring all day. */
const QUIET_MS = 5000;

/** Calls `action` once, `delayMs` from now. */
export type Schedule = (delayMs: number, action: () => void) => void;

export interface Gathering<T> {
  add(things: readonly T[]): void;
  stop: Disposer;
}

/**
 * @param show gets what makes one notification
 * @param nowMs monotonic time
 */
export function gather<T>(
  show: (things: T[]) => void,
  schedule: Schedule,
  nowMs: () => number,
): Gathering<T> {
  let gathered: T[] = [];
  let shownAtMs = Number.NEGATIVE_INFINITY;
  let stopped = false;
  return {
    add(things) {
      if (things.length === 0 || stopped) return;
      const isFirst = gathered.length === 0;
      gathered.push(...things);
      if (isFirst) schedule(Math.max(GATHER_MS, shownAtMs + QUIET_MS - nowMs()), flush);
    },
    stop() {
      stopped = true;
      gathered = [];
    },
  };

  function flush(): void {
    if (stopped || gathered.length === 0) return;
    const things = gathered;
    gathered = [];
    shownAtMs = nowMs();
    show(things);
  }
}
