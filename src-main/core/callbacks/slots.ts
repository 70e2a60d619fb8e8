/** How what may be sent at a time is shared out among hosts, so that those that are slow leave room for the others. */
import type { HostLine } from './host-line.ts';

export interface Slots {
  /** By all hosts together. */
  taken(): number;
  takenBy(line: HostLine): number;
  /** False while this host is to leave what there is to others. */
  mayTake(line: HostLine, most: number): boolean;
  /** Takes one; what it returns gives it back, once. */
  take(line: HostLine): () => void;
}

/** Of what may be sent at a time, hosts that are slow have at most this part together. */
const SLOW_PART = 1 / 2;
/** This part of it is kept for hosts to which nothing is on its way: others may hang and not be known to be slow yet. */
const KEPT_PART = 1 / 8;

export function createSlots(): Slots {
  const counts = new Map<HostLine, number>();
  let taken = 0;

  const takenBy = (line: HostLine) => counts.get(line) ?? 0;

  function takenBySlow(): number {
    let sum = 0;
    for (const [line, count] of counts) if (line.pace.isSlow()) sum += count;
    return sum;
  }

  function change(line: HostLine, by: 1 | -1): void {
    taken += by;
    const count = takenBy(line) + by;
    if (count === 0) counts.delete(line);
    else counts.set(line, count);
  }

  return {
    taken: () => taken,
    takenBy,
    mayTake(line, most) {
      if (takenBy(line) > 0 && taken >= most - Math.floor(most * KEPT_PART)) return false;
      return !line.pace.isSlow() || takenBySlow() < Math.max(1, Math.floor(most * SLOW_PART));
    },
    take(line) {
      change(line, 1);
      let isTaken = true;
      return () => {
        if (isTaken) change(line, -1);
        isTaken = false;
      };
    },
  };
}
