import { expect, it } from 'vitest';
import { toRow } from '../../../../../../src-renderer/db/to-row.ts';
import {
  countsOf,
  emptyWords,
} from '../../../../../../src-renderer/features/job-detail/items/absent-items.ts';
import { aBatch } from '../../../../../fakes/batch-bench.ts';

const NONE = { pending: 0, running: 0, completed: 0, failed: 0, cancelled: 0 };
const saved = aBatch(3);
const counts = { total: 3, completed: 2, failed: 1, cancelled: 0 };
const jobdeck = saved.metadata?.jobdeck;
const ended = { ...saved, status: 'failed', metadata: { jobdeck: { ...jobdeck, counts } } } as typeof saved;

it('says why no item is listed', () => {
  expect(emptyWords(toRow(saved), null, NONE)).toBe('Its items are read when it runs.');
  const running = { ...saved, status: 'running' } as const;
  expect(emptyWords(toRow(running, { journalId: 'here' }), null, NONE)).toMatch(
    /^The items appear here once/u,
  );
  expect(emptyWords(toRow({ ...saved, status: 'failed' }), null, NONE)).toBe('No items were read.');
});

it('does not call the items of a batch that ran elsewhere none', () => {
  expect(emptyWords(toRow(ended), null, NONE)).toBe(
    'It had 3 items, of which none is here: it ran elsewhere, or they were removed.',
  );
});

it('counts what is listed, and what the record says where nothing is', () => {
  const some = { ...NONE, pending: 2 };
  expect(countsOf(toRow(ended), NONE)).toEqual({ ...NONE, completed: 2, failed: 1 });
  expect(countsOf(toRow(ended), some)).toBe(some);
  expect(countsOf(toRow(saved), NONE)).toBe(NONE);
  const running = { ...ended, status: 'running' } as const;
  expect(countsOf(toRow(running, { journalId: 'here' }), NONE)).toBe(NONE);
});

it('names the state that no item is in', () => {
  expect(emptyWords(toRow(ended), 'failed', { ...NONE, completed: 3 })).toBe(
    'No item is in this state: failed.',
  );
});
