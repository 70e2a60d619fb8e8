import { expect, it } from 'vitest';
import { undoneWords } from '../../../../src-renderer/words/undone-words.ts';

const UNDONE = { removed: 2, putBack: 1, kept: 0, changed: 1 };

it('says what an undo took back, and what it left alone', () => {
  expect(undoneWords(UNDONE)).toEqual({
    sentence: 'The import of 3 jobs is undone.',
    detail: '1 job is again as before. 1 job was run, changed or deleted since, and left alone.',
  });
});

it('calls a restore one, and says where nothing of it was left', () => {
  expect(undoneWords({ ...UNDONE, changed: 0 }, 'restore').sentence).toBe('The restore of 3 jobs is undone.');
  expect(undoneWords({ removed: 0, putBack: 0, kept: 2, changed: 0 }, 'restore')).toEqual({
    sentence: 'There was nothing to take back.',
    detail: '2 jobs were run, changed or deleted since, and left alone.',
  });
});
