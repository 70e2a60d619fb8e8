import { describe, expect, it } from 'vitest';
import { differences } from '../../../../../src-renderer/features/import/difference.ts';

describe('the difference of two records', () => {
  it('is that of their innermost fields, with the way to each', () => {
    const mine = {
      status: 'completed',
      metadata: { jobdeck: { tags: ['a', 'b'], name: 'x' }, 'odd key': 1 },
    };
    const theirs = { status: 'completed', metadata: { jobdeck: { tags: ['a', 'c', 'd'] }, 'odd key': null } };
    expect(differences(mine, theirs)).toEqual({
      count: 4,
      shown: [
        { path: 'metadata.jobdeck.tags[1]', mine: 'b', theirs: 'c' },
        { path: 'metadata.jobdeck.tags[2]', mine: undefined, theirs: 'd' },
        { path: 'metadata.jobdeck.name', mine: 'x', theirs: undefined },
        { path: 'metadata["odd key"]', mine: 1, theirs: null },
      ],
    });
  });

  it('does not see the order of keys, and sees that of a list', () => {
    expect(differences({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }).count).toBe(0);
    expect(differences({ a: [1, 2] }, { a: [2, 1] }).count).toBe(2);
  });

  it('shows a whole value where its kind is another', () => {
    expect(differences({ a: { b: 1 } }, { a: [1] }).shown).toEqual([
      { path: 'a', mine: { b: 1 }, theirs: [1] },
    ]);
  });

  it('takes a key of an object that every object has for one that is not there', () => {
    expect(differences({}, { constructor: 'x' }).shown).toEqual([
      { path: 'constructor', mine: undefined, theirs: 'x' },
    ]);
  });

  it('counts all and shows the first of very many', () => {
    const found = differences({ a: Array(1000).fill(0) }, { a: Array(1000).fill(1) });
    expect([found.count, found.shown.length]).toEqual([1000, 200]);
  });
});
