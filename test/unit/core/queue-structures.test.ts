import { describe, expect, it } from 'vitest';
import { createLazyHeap } from '../../../src-main/core/lazy-heap.ts';
import { placeAt } from '../../../src-main/core/queue/positions.ts';
import { seededRandom } from '../../fakes/sample-jobs.ts';

interface Value {
  rank: number;
  isLive: boolean;
}

function heapOf() {
  let compared = 0;
  const heap = createLazyHeap<Value>(
    (one, other) => {
      compared += 1;
      return one.rank - other.rank;
    },
    ({ isLive }) => isLive,
  );
  return { heap, compared: () => compared };
}

describe('the heap', () => {
  it('gives what is up to date in order, and nothing else', () => {
    const { heap } = heapOf();
    const random = seededRandom(1);
    const values = Array.from({ length: 5000 }, () => ({ rank: random(), isLive: random() < 0.4 }));
    for (const value of values) heap.push(value);
    const expected = values.filter(({ isLive }) => isLive).map(({ rank }) => rank);
    const taken = expected.map(() => heap.pop()?.rank);
    expect(taken).toEqual(expected.sort((one, other) => one - other));
    expect(heap.pop()).toBeUndefined();
  });

  it('compares no more to add one with a hundred thousand in it than with a hundred', () => {
    const { heap, compared } = heapOf();
    const costs: number[] = [];
    let rank = 0;
    for (const length of [100, 1500, 10_000, 100_000]) {
      while (rank < length) heap.push({ rank: rank++, isLive: true });
      const before = compared();
      for (let added = 0; added < 50; added += 1) heap.push({ rank: rank++, isLive: true });
      costs.push(compared() - before);
    }
    expect(new Set(costs)).toEqual(new Set([50]));
  });

  it('does not keep what went out of date', () => {
    const { heap, compared } = heapOf();
    for (let round = 0; round < 100_000; round += 1) {
      const value = { rank: -round, isLive: true };
      heap.push(value);
      value.isLive = false;
    }
    const before = compared();
    expect(heap.peek()).toBeUndefined();
    expect(compared() - before).toBeLessThan(50_000);
  });
});

describe('a place', () => {
  const at = (...positions: number[]) => positions.map((position) => ({ position }));

  it('is between its neighbours, before all, behind all, or anywhere among none', () => {
    expect(placeAt(at(1, 2, 3), 1, 9).position).toBe(1.5);
    expect(placeAt(at(1, 2, 3), 0, 9).position).toBe(0);
    expect(placeAt(at(1, 2, 3), 3, 9).position).toBe(6);
    expect(placeAt(at(), 0, 9).position).toBeLessThan(9);
  });

  it('is made where there is none left, by moving neighbours and keeping the order of all', () => {
    const [low, high] = [1000, 1000 + 2 ** -42];
    const others = [
      ...at(...Array.from({ length: 50 }, (_, index) => index)),
      ...at(low, low + 2 ** -43, high, 1001),
    ];
    const index = 51;
    const { position, shifted } = placeAt(others, index, 2000);
    const moved = new Map(shifted.map(({ entry, position: to }) => [entry, to]));
    const after = others.map((entry) => moved.get(entry) ?? entry.position);
    expect(shifted.length).toBeGreaterThan(0);
    expect(shifted.length).toBeLessThan(others.length);
    after.splice(index, 0, position);
    expect(after).toEqual([...after].sort((one, other) => one - other));
    expect(new Set(after).size).toBe(after.length);
  });
});
