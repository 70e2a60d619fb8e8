/** Work that goes on beside everything, and that the end of the runner waits for. */
import { toErrorValue } from '#shared/contract/result.ts';

export interface BackgroundWork {
  /** Never rejects: what nobody foresaw is the fault from then on. */
  track(work: Promise<void>, whose: string): Promise<void>;
  /** A sentence once something is stuck, null as long as nothing is. */
  fault(): string | null;
  /** Resolves when nothing is left, of what comes meanwhile neither. */
  over(): Promise<void>;
}

/** @param changed called when work is over */
export function createBackgroundWork(changed: () => void): BackgroundWork {
  const tasks = new Set<Promise<void>>();
  let fault: string | null = null;
  return {
    track(work, whose) {
      const guarded = work.catch((error: unknown) => {
        fault = `${whose} is stuck, close Jobdeck and open it again: ${toErrorValue(error).message}`;
      });
      tasks.add(guarded);
      return guarded.finally(() => {
        tasks.delete(guarded);
        changed();
      });
    },
    fault: () => fault,
    async over() {
      while (tasks.size > 0) await Promise.all(tasks);
    },
  };
}
