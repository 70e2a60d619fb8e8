import { describe, expect, it } from 'vitest';
import { differences } from '../../../../src-shared/json/differences.ts';

describe('the differences of two values', () => {
  it('are those of their innermost places, each with a JSON Pointer to it', () => {
    const a = { status: 'completed', metadata: { jobdeck: { tags: ['a', 'b'], name: 'x' }, 'a/b~c': 1 } };
    const b = { status: 'completed', metadata: { jobdeck: { tags: ['a', 'c', 'd'] }, 'a/b~c': null } };
    expect(differences(a, b)).toEqual({
      count: 4,
      shown: [
        { path: '/metadata/jobdeck/tags/1', a: 'b', b: 'c' },
        { path: '/metadata/jobdeck/tags/2', a: undefined, b: 'd' },
        { path: '/metadata/jobdeck/name', a: 'x', b: undefined },
        { path: '/metadata/a~1b~0c', a: 1, b: null },
      ],
    });
  });

  it('do not see the order of names, and see that of a list', () => {
    expect(differences({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }).count).toBe(0);
    expect(differences({ a: [1, 2] }, { a: [2, 1] }).count).toBe(2);
  });

  it('are of a whole value where its kind is another', () => {
    expect(differences({ a: { b: 1 } }, { a: [1] }).shown).toEqual([{ path: '/a', a: { b: 1 }, b: [1] }]);
    expect(differences(null, { b: 1 }).shown).toEqual([{ path: '', a: null, b: { b: 1 } }]);
  });

  it('take a name that every object has for one that is not there', () => {
    expect(differences({}, { constructor: 'x' }).shown).toEqual([
      { path: '/constructor', a: undefined, b: 'x' },
    ]);
  });

  it('are all counted, and the first of very many shown', () => {
    const found = differences({ a: Array(1000).fill(0) }, { a: Array(1000).fill(1) }, 200);
    expect([found.count, found.shown.length]).toEqual([1000, 200]);
  });
});
