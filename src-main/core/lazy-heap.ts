/**
 * A heap whose values go out of date where they lie: they are left out when they come to the top, so that taking one
 * back costs nothing and adding one costs the same with ten as with a hundred thousand.
 */
import TinyQueue from 'tinyqueue';

export interface LazyHeap<T> {
  push(value: T): void;
  /** The first value that is up to date. */
  peek(): T | undefined;
  pop(): T | undefined;
}

/** From here on the space of outdated values is given back, each time the heap has doubled. */
const MIN_SWEEP_LENGTH = 1024;

/** @param isLive false for a value that is out of date; it never becomes true again */
export function createLazyHeap<T>(
  compare: (one: T, other: T) => number,
  isLive: (value: T) => boolean,
): LazyHeap<T> {
  let heap = new TinyQueue<T>([], compare);
  let sweepLength = MIN_SWEEP_LENGTH;

  function sweep(): void {
    heap = new TinyQueue(heap.data.filter(isLive), compare);
    sweepLength = Math.max(MIN_SWEEP_LENGTH, heap.length * 2);
  }

  function peek(): T | undefined {
    for (;;) {
      const first = heap.peek();
      if (first === undefined || isLive(first)) return first;
      heap.pop();
    }
  }

  return {
    push(value) {
      if (heap.length >= sweepLength) sweep();
      heap.push(value);
    },
    peek,
    pop() {
      const first = peek();
      if (first !== undefined) heap.pop();
      return first;
    },
  };
}
