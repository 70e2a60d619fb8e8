/**
 * Writes that must become durable while the store may refuse them, as a full disk does: what happened in the world
 * waits here and is tried again, and nothing is acted on that is not written.
 */
import { AppError } from '#shared/app-error.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import type { Clock } from '../ports.ts';

/** How long the store is left alone after it refused, milliseconds. */
export const STORE_RETRY_MS = 2000;

export interface StoreWrites {
  /**
   * Tries until it is durable. `write` is called for each try, and null from it gives up; so does `givesUp` after a
   * refusal, and `stop`. False is the answer then, and also where what it writes about is gone.
   */
  persist(write: () => Promise<void> | null, givesUp?: () => boolean): Promise<boolean>;
  /** Those who wait try once more, and then give up. */
  stop(): void;
}

/** @param trouble told a sentence when the store refuses, and null when it takes writes again */
export function createStoreWrites(clock: Clock, trouble: (message: string | null) => void): StoreWrites {
  let isRefusing = false;
  let isStopped = false;
  let waiting: (() => void)[] = [];
  let cancelTimer: (() => void) | null = null;

  function refused(error: unknown): void {
    isRefusing = true;
    if (!isStopped) cancelTimer ??= clock.after(STORE_RETRY_MS, release);
    trouble(
      `Jobdeck can't keep what becomes of items and hands out none until it can: ${toErrorValue(error).message}`,
    );
  }

  function accepted(): void {
    if (!isRefusing) return;
    isRefusing = false;
    trouble(null);
    release();
  }

  function release(): void {
    cancelTimer?.();
    cancelTimer = null;
    const released = waiting;
    waiting = [];
    for (const resolve of released) resolve();
    // Nobody waits: whoever was refused has given up, and nothing is held up.
    if (released.length === 0) accepted();
  }

  return {
    async persist(write, givesUp = () => false) {
      for (;;) {
        try {
          const written = write();
          if (written === null) return false;
          await written;
          accepted();
          return true;
        } catch (error) {
          if (error instanceof AppError && error.code === 'not-found') return false;
          refused(error);
          if (isStopped || givesUp()) return false;
          await new Promise<void>((resolve) => waiting.push(resolve));
        }
      }
    },
    stop() {
      isStopped = true;
      release();
    },
  };
}
