import type { UndoReport } from '../sync/imports/undo-import.ts';
import { countOf } from './count-words.ts';

/** A restore is kept as an import, and undone as one. */
export type Undoable = 'import' | 'restore';

/** How undoing an import or a restore went. */
export function undoneWords(
  { removed, putBack, kept, changed }: Omit<UndoReport, 'import'>,
  what: Undoable = 'import',
): { sentence: string; detail: string } {
  const stays = kept + changed;
  return {
    sentence:
      removed + putBack === 0
        ? 'There was nothing to take back.'
        : `The ${what} of ${countOf(removed + putBack, 'job')} is undone.`,
    detail: [
      putBack === 0 ? '' : `${countOf(putBack, 'job')} ${putBack === 1 ? 'is' : 'are'} again as before.`,
      stays === 0
        ? ''
        : `${countOf(stays, 'job')} ${stays === 1 ? 'was' : 'were'} run, changed or deleted since, and left alone.`,
    ]
      .filter(Boolean)
      .join(' '),
  };
}
