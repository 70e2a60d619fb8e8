import { expect, it } from 'vitest';
import { parseLimit } from '../../../../../src-renderer/features/settings/history/limit-text.ts';

it.each([
  ['days', '30', 30],
  ['days', ' 7 ', 7],
  ['days', '', null],
  ['days', '0', undefined],
  ['count', '0', 0],
  ['megabytes', '0', undefined],
  ['megabytes', '1.5', undefined],
  ['days', '-1', undefined],
  ['days', 'soon', undefined],
  ['days', '99999', undefined],
  ['count', '99999999999', undefined],
] as const)('a limit of %s that is typed as "%s" is read as %s', (name, text, limit) => {
  expect(parseLimit(name, text)).toBe(limit);
});
