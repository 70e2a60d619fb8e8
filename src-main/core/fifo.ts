/** A queue, first in first out, whose `take` costs the same with ten jobs waiting as with a hundred thousand. */
export interface Fifo<T> {
  push(value: T): void;
  /** The oldest value, or undefined when there is none. */
  take(): T | undefined;
}

/** From here on the space of taken values is given back, when it is at least half of all. */
const MIN_TAKEN = 1024;

export function createFifo<T extends object>(): Fifo<T> {
  let values: (T | undefined)[] = [];
  let taken = 0;
  return {
    push(value) {
      values.push(value);
    },
    take() {
      const value = values[taken];
      if (value === undefined) return undefined;
      values[taken] = undefined;
      taken += 1;
      if (taken >= MIN_TAKEN && taken * 2 >= values.length) {
        values = values.slice(taken);
        taken = 0;
      }
      return value;
    },
  };
}
