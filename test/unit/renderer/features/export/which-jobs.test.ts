import { describe, expect, it } from 'vitest';
import { NEWEST_FIRST } from '../../../../../src-renderer/db/queries.ts';
import {
  firstOption,
  type Place,
  selectionOf,
  whichOptions,
  whyNoView,
} from '../../../../../src-renderer/features/export/which-jobs.ts';
import { sampleJob } from '../../../../fakes/sample-jobs.ts';

const counts = { all: 12_400, failed: 31 } as Place['counts'];
const place = (rest: Partial<Place> = {}): Place => ({
  ids: [],
  filter: 'all',
  search: '',
  sort: { column: 'name', direction: 'asc' },
  viewName: null,
  counts,
  ...rest,
});
const labels = (of: Place) => whichOptions(of).map(({ label, count }) => [label, count]);

describe('what can be exported', () => {
  it('is all jobs alone where all are shown', () => {
    expect(labels(place())).toEqual([['All jobs', 12_400]]);
  });

  it('is the selection before the list, and the list before all', () => {
    expect(labels(place({ ids: [sampleJob(1).id, sampleJob(2).id], filter: 'failed' }))).toEqual([
      ['2 selected jobs', 2],
      ['Failed jobs', 31],
      ['All jobs', 12_400],
    ]);
  });

  it('is what a search finds, which nobody has counted', () => {
    expect(labels(place({ search: 'tag:photos' }))).toEqual([
      ['Jobs that match “tag:photos”', undefined],
      ['All jobs', 12_400],
    ]);
  });

  it('is a saved view by its name', () => {
    expect(labels(place({ search: 'tag:photos', viewName: 'Photos' }))[0]).toEqual([
      'The view “Photos”',
      undefined,
    ]);
  });

  it.each(['status:runing', 'output:error', 'duration:>300'])(
    'is not what %s finds: the history can not say it',
    (search) => {
      expect(labels(place({ search }))).toEqual([['All jobs', 12_400]]);
    },
  );

  it('is nothing until one chooses, where the list that is shown cannot be exported', () => {
    for (const search of ['status:runing', 'output:error', 'duration:>300']) {
      expect(whyNoView({ search })).toContain('cannot be exported');
      expect(firstOption(place({ search }))).toBeUndefined();
      expect(firstOption(place({ search, ids: [sampleJob(1).id] }))?.value).toBe('selected');
    }
    expect(whyNoView({ search: 'tag:photos' })).toBeNull();
    expect(firstOption(place({ search: 'tag:photos' }))?.value).toBe('view');
    expect(firstOption(place())?.value).toBe('all');
  });
});

describe('the order', () => {
  it('of records is newest first, however the list is sorted', () => {
    expect(selectionOf('view', false, place({ filter: 'failed' }))).toEqual({
      view: { filter: 'failed', search: '', sort: NEWEST_FIRST },
    });
  });

  it('of a spreadsheet is that of the list', () => {
    expect(selectionOf('all', true, place({ filter: 'failed', search: 'x' }))).toEqual({
      view: { filter: 'all', search: '', sort: { column: 'name', direction: 'asc' } },
    });
  });
});
