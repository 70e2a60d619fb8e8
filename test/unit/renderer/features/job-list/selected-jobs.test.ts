import { describe, expect, it } from 'vitest';
import type { JobId } from '#shared/job/job-id.ts';
import { toRow } from '../../../../../src-renderer/db/to-row.ts';
import {
  possibleOf,
  selectedIn,
  selectedWords,
} from '../../../../../src-renderer/features/job-list/selected-jobs.ts';
import { sampleJobIn } from '../../../../fakes/sample-jobs.ts';

const rowOf = (status: Parameters<typeof sampleJobIn>[0], number: number) => ({
  ...toRow(sampleJobIn(status, number), { origin: 'author', journalId: 'j', seq: 1 }),
  key: number,
});
const rows = [rowOf('created', 1), rowOf('running', 2), rowOf('completed', 3)];
const places = new Map(rows.map((row, index) => [row.id, index]));
const [one, two, three] = rows.map((row) => row.id) as [JobId, JobId, JobId];
const elsewhere = 'job-elsewhere' as JobId;
const noProgress = () => null;

describe('what is selected of a list', () => {
  it('is in the order of the list, and of a whole list what it has', () => {
    const selected = selectedIn(rows, places, new Set([elsewhere, three, one]), true);
    expect(selected.ids).toEqual([one, three]);
    expect(selected.rows.map((row) => row.id)).toEqual([one, three]);
  });

  it('goes on beyond what is loaded', () => {
    expect(selectedIn(rows, places, new Set([elsewhere, two]), false).ids).toEqual([two, elsewhere]);
  });

  it('is said to be what is loaded, where that is all of it and there is more', () => {
    const all = selectedIn(rows, places, new Set([one, two, three]), false);
    expect(selectedWords(all, { loaded: 3, isWhole: false })).toBe('3 loaded jobs selected');
    expect(selectedWords(all, { loaded: 3, isWhole: true })).toBe('3 jobs selected');
    expect(selectedWords(all, { loaded: 200, isWhole: false })).toBe('3 jobs selected');
    const beyond = selectedIn(rows, places, new Set([one, two, three, elsewhere]), false);
    expect(selectedWords(beyond, { loaded: 3, isWhole: false })).toBe('4 jobs selected');
  });

  it('can be asked what one of them can, and of unseen jobs what any may', () => {
    const running = selectedIn(rows, places, new Set([two]), true);
    expect(possibleOf(running, noProgress)).toEqual({
      ...{ run: false, cancel: true, again: false, remove: false },
      ...{ suspend: true, resume: false, first: false, last: false },
    });
    expect(possibleOf(running, () => ({ suspended: true }))).toMatchObject({ suspend: false, resume: true });
    const unseen = selectedIn(rows, places, new Set([two, elsewhere]), false);
    expect(possibleOf(unseen, noProgress)).toMatchObject({
      run: true,
      cancel: true,
      again: true,
      remove: true,
    });
  });
});
