import { describe, expect, it } from 'vitest';
import { noImportCounts } from '../../../../../src-renderer/db/import-row.ts';
import {
  importedWords,
  listedWords,
  moreFieldsWords,
  nameOf,
  previewHeard,
  recoveredWords,
  whyNothing,
} from '../../../../../src-renderer/features/import/import-words.ts';

const NONE = { all: 0, new: 0, repaired: 0, same: 0, conflict: 0, invalid: 0 };
const SUMS = { ...noImportCounts(), waiting: 0 };
const IMPORT = { id: 'a', at: 0, name: 'a.json', state: 'running', counts: noImportCounts() } as const;
const UNDONE = { removed: 2, putBack: 1, kept: 0, changed: 1, import: IMPORT };

describe('the words of an import', () => {
  it('say how many came in and how, what they wait for, and what was left out', () => {
    const counts = { ...noImportCounts(), added: 2, replaced: 1, copied: 1, same: 1, refused: 3, active: 1 };
    expect(importedWords(counts, 4)).toEqual({
      sentence: '4 jobs imported.',
      detail:
        'Of them 1 in the place of yours and 1 beside yours. They wait for your approval to run. Left out: 1 already here, 1 in conflict with an active job, 3 with a refused repair.',
    });
    expect(importedWords({ ...noImportCounts(), added: 3 }, 1).detail).toBe(
      '1 of them waits for your approval to run.',
    );
  });

  it('say why nothing can be imported, and nothing where something can', () => {
    expect(whyNothing(NONE, SUMS)?.tone).toBe('bad');
    expect(whyNothing({ ...NONE, all: 2, invalid: 2 }, { ...SUMS, invalid: 2 })?.sentence).toContain(
      'None of the 2 documents is valid',
    );
    expect(whyNothing({ ...NONE, all: 1, repaired: 1 }, { ...SUMS, refused: 1 })?.sentence).toContain(
      'refused',
    );
    expect(whyNothing({ ...NONE, all: 1, conflict: 1 }, { ...SUMS, kept: 1 })?.sentence).toContain('Choose');
    expect(whyNothing({ ...NONE, all: 1, same: 1 }, { ...SUMS, same: 1 })?.tone).toBe('info');
    expect(whyNothing({ ...NONE, all: 1, new: 1 }, { ...SUMS, added: 1 })).toBeNull();
  });

  it('say what was found, and what it is called', () => {
    expect(listedWords({ ...NONE, all: 3, new: 2, invalid: 1 })).toBe('3 documents read: 2 new, 1 invalid.');
    expect(nameOf([{ name: 'a.json', sizeBytes: 1 }])).toBe('a.json');
    expect(nameOf([1, 2].map((sizeBytes) => ({ name: 'a', sizeBytes })))).toBe('2 files');
  });

  it('say of what was interrupted that nothing of it is kept', () => {
    expect(recoveredWords(UNDONE)).toEqual({
      sentence: 'The import of a.json was interrupted, so nothing of it is kept.',
      detail:
        'The import of 3 jobs is undone. 1 job is again as before. 1 job was run, changed or deleted since, and left alone.',
    });
  });

  it('call a restore one, whichever of the two was interrupted', () => {
    const restore = { ...UNDONE.import, name: 'Backup of May 1', isRestore: true };
    expect(recoveredWords({ ...UNDONE, import: restore }).sentence).toMatch(
      /^The restore “Backup of May 1” was interrupted, so/u,
    );
    const undoing = { ...restore, state: 'undoing' as const };
    expect(recoveredWords({ ...UNDONE, import: undoing })).toMatchObject({
      sentence: 'The undoing of the restore “Backup of May 1” was interrupted, and is finished now.',
      detail: expect.stringMatching(/^The restore of 3 jobs is undone\./u),
    });
  });

  it('are heard as reading ends, after each decision, and once an import was stopped', () => {
    const counts = { ...NONE, all: 2, new: 1, conflict: 1 };
    const state = { counts, sums: { ...SUMS, added: 1 }, isWhole: true, decided: null, said: null };
    expect(previewHeard({ ...state, isWhole: false })).toBe('Reading the files.');
    expect(previewHeard(state)).toBe('2 documents read: 1 new, 1 in conflict. Import 1 job.');
    expect(
      previewHeard({ ...state, sums: { ...SUMS, added: 1, replaced: 1 }, decided: 'Take theirs: A.' }),
    ).toBe('Take theirs: A. Import 2 jobs.');
    expect(previewHeard({ ...state, sums: SUMS, decided: '' })).toBe('Nothing to import.');
    expect(previewHeard({ ...state, said: 'The import was stopped.' })).toBe('The import was stopped.');
  });

  it('count the fields that a table does not show', () => {
    expect(moreFieldsWords(1)).toBe('And 1 more field that differs.');
    expect(moreFieldsWords(900)).toBe('And 900 more fields that differ.');
  });
});
