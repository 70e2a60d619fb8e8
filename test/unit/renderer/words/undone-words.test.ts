import { expect, it } from 'vitest';
import { noImportCounts } from '../../../../src-renderer/db/import-row.ts';
import type { ViewRow } from '../../../../src-renderer/db/views.ts';
import { broughtWords, undoneWords } from '../../../../src-renderer/words/undone-words.ts';

const ROW = { id: 'a', at: 0, name: 'a', state: 'undoing', counts: noImportCounts() } as const;
const RESTORE = { ...ROW, isRestore: true };
const UNDONE = { removed: 2, putBack: 1, kept: 0, changed: 1, import: ROW };
const VIEWS = [1, 2].map(
  (place) => ({ id: `${place}`, name: 'Mine', filter: 'all', search: '', place }) as ViewRow,
);

it('says what an undo took back, and what it left alone', () => {
  expect(undoneWords(UNDONE)).toEqual({
    sentence: 'The import of 3 jobs is undone.',
    detail: '1 job is again as before. 1 job was run, changed or deleted since, and left alone.',
  });
});

it('calls a restore one, and says where nothing of it was left', () => {
  expect(undoneWords({ ...UNDONE, changed: 0, import: RESTORE }).sentence).toBe(
    'The restore of 3 jobs is undone.',
  );
  expect(undoneWords({ ...UNDONE, removed: 0, putBack: 0, kept: 2, changed: 0, import: RESTORE })).toEqual({
    sentence: 'There was nothing to take back.',
    detail: '2 jobs were run, changed or deleted since, and left alone.',
  });
});

it('speaks of views where a restore brought nothing else', () => {
  const row = { ...RESTORE, views: VIEWS };
  expect(broughtWords(row)).toBe('2 views');
  expect(broughtWords({ ...row, counts: { ...ROW.counts, added: 1 } })).toBe('1 job');
  expect(broughtWords(ROW)).toBe('0 jobs');
  const undone = { ...UNDONE, removed: 0, putBack: 0, changed: 0, import: row };
  expect(undoneWords(undone).sentence).toBe('The restore of 2 views is undone.');
});
