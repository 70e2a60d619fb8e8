/** Timers for any number of milliseconds: Node's own fire at once above 2^31-1 (24.8 days). */
import type { Disposer } from '#shared/contract/app-api.ts';

const MAX_TIMER_MS = 2 ** 31 - 1;

/** Calls `action` after `delayMs`, however long. Gives what cancels it. */
export function startLongTimer(delayMs: number, action: () => void): Disposer {
  let timer: NodeJS.Timeout;
  const wait = (restMs: number) => {
    const stepMs = Math.min(restMs, MAX_TIMER_MS);
    timer = setTimeout(() => (restMs > stepMs ? wait(restMs - stepMs) : action()), stepMs);
  };
  wait(delayMs);
  return () => clearTimeout(timer);
}
