import { expect, it } from 'vitest';
import { NEWEST_FIRST } from '../../../../../src-renderer/db/queries.ts';
import { isWhatShows, nameFor } from '../../../../../src-renderer/features/views/shown-view.ts';

const view = { filter: 'failed', search: 'tag:photos', sort: NEWEST_FIRST } as const;

it.each([
  [{}, true],
  [{ search: ' tag:photos ' }, true],
  [{ sort: { ...NEWEST_FIRST } }, true],
  [{ filter: 'all' }, false],
  [{ search: 'tag:photo' }, false],
  [{ sort: { ...NEWEST_FIRST, direction: 'asc' } }, false],
  [{ sort: { ...NEWEST_FIRST, column: 'duration' } }, false],
] as const)('a list with %j is what the view shows: %s', (other, expected) => {
  expect(isWhatShows(view, { ...view, ...other })).toBe(expected);
});

it('a view is called as its search, or as its list', () => {
  expect(nameFor(view)).toBe('tag:photos');
  expect(nameFor({ ...view, search: '  ' })).toBe('Failed');
  expect(nameFor({ filter: 'completed', search: '' })).toBe('Done');
});
