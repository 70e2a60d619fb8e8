import { expect, it } from 'vitest';
import { jsonEqual } from '../../../../src-renderer/db/json-equal.ts';

it.each([
  [
    { a: 1, b: [true, null] },
    { b: [true, null], a: 1 },
  ],
  [0, -0],
  [{}, {}],
])('%j and %j are one document', (one, other) => {
  expect(jsonEqual(one, other)).toBe(true);
});

it.each([
  [{ a: 1 }, { a: 1, b: undefined }],
  [
    [1, 2],
    [2, 1],
  ],
  [[], {}],
  [null, {}],
  [1, '1'],
  [{ toString: 1 }, { a: 1 }],
])('%j and %j are two', (one, other) => {
  expect(jsonEqual(one, other)).toBe(false);
});
