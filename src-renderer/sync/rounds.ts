/** Work that comes round while the window is open: not in its first seconds, and never twice at once. */
import type { Disposer } from '#shared/contract/app-api.ts';

export interface RoundsOptions {
  /** Before the first round, milliseconds: a start has other things to do. */
  firstMs: number;
  /** Between the end of one and the beginning of the next. */
  everyMs: number;
  /** Looks whether there is something to do, and does it. Rejects where it could not. */
  round: () => Promise<void>;
  /** A round failed; the next one comes all the same. */
  onError: (error: unknown) => void;
  /** Calls back once after so many milliseconds: `setTimeout` by default. */
  schedule?: (callback: () => void, delayMs: number) => Disposer;
}

/** @returns ends it; a round that is under way is finished */
export function startRounds({
  firstMs,
  everyMs,
  round,
  onError,
  schedule = afterDelay,
}: RoundsOptions): Disposer {
  let isDisposed = false;
  let cancel = schedule(() => void next(), firstMs);
  async function next(): Promise<void> {
    try {
      await round();
    } catch (error) {
      if (!isDisposed) onError(error);
    }
    if (!isDisposed) cancel = schedule(() => void next(), everyMs);
  }
  return () => {
    isDisposed = true;
    cancel();
  };
}

function afterDelay(callback: () => void, delayMs: number): Disposer {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}
