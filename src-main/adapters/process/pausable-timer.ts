/** Timers that stand still for a while. */
import type { Disposer } from '#shared/contract/app-api.ts';
import { startLongTimer } from './long-timer.ts';

export interface PausableTimer {
  pause(): void;
  /** Goes on with what is left. */
  resume(): void;
  /** For good. */
  stop(): void;
}

/** Calls `action` after `delayMs` in which it was not paused. */
export function startPausableTimer(delayMs: number, action: () => void): PausableTimer {
  let restMs = delayMs;
  let startedAtMs = performance.now();
  let stopRunning: Disposer | null = startLongTimer(restMs, action);
  let isOver = false;
  return {
    pause() {
      if (stopRunning === null) return;
      stopRunning();
      stopRunning = null;
      restMs = Math.max(0, restMs - (performance.now() - startedAtMs));
    },
    resume() {
      if (stopRunning !== null || isOver) return;
      startedAtMs = performance.now();
      stopRunning = startLongTimer(restMs, action);
    },
    stop() {
      isOver = true;
      stopRunning?.();
    },
  };
}
