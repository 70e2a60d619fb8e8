/** Who runs next: first in, first out, as many at a time as there are slots. */
import type { ActiveJob } from './active-jobs.ts';
import { createFifo } from './fifo.ts';

export interface Scheduler {
  enqueue(entry: ActiveJob): void;
  /** Begins to hand out slots. */
  start(): void;
  /** Hands out no slot any more. */
  stop(): void;
  slots(): number;
  setSlots(slots: number): void;
}

/**
 * @param attempt holds a slot until it resolves
 * @param passesBy true for a job that no longer wants a slot; it is then no longer in the queue
 */
export function createScheduler(
  initialSlots: number,
  attempt: (entry: ActiveJob) => Promise<void>,
  passesBy: (entry: ActiveJob) => boolean,
): Scheduler {
  const queue = createFifo<ActiveJob>();
  let slots = atLeastOne(initialSlots);
  let taken = 0;
  let active = false;

  function fill(): void {
    while (active && taken < slots) {
      const entry = queue.take();
      if (entry === undefined) return;
      if (passesBy(entry)) continue;
      taken += 1;
      void attempt(entry).finally(() => {
        taken -= 1;
        fill();
      });
    }
  }

  return {
    enqueue(entry) {
      queue.push(entry);
      fill();
    },
    start() {
      active = true;
      fill();
    },
    stop() {
      active = false;
    },
    slots: () => slots,
    setSlots(wanted) {
      slots = atLeastOne(wanted);
      fill();
    },
  };
}

function atLeastOne(slots: number): number {
  return Math.max(1, Math.trunc(slots) || 1);
}
