import { broughtBy, type ImportRow, importNoun } from '../db/import-row.ts';
import type { UndoReport } from '../sync/imports/undo-import.ts';
import { countOf } from './count-words.ts';

/** What came with an import: its jobs, or the views of a restore that brought nothing else. */
export function broughtWords({ counts, views = [] }: Pick<ImportRow, 'counts' | 'views'>): string {
  const jobs = broughtBy(counts);
  return jobs === 0 && views.length > 0 ? countOf(views.length, 'view') : countOf(jobs, 'job');
}

/** How undoing an import or a restore went. */
export function undoneWords({ removed, putBack, kept, changed, import: row }: UndoReport): {
  sentence: string;
  detail: string;
} {
  const jobs = removed + putBack;
  const stays = kept + changed;
  const views = row.views?.length ?? 0;
  return {
    sentence:
      jobs + (stays === 0 ? views : 0) === 0
        ? 'There was nothing to take back.'
        : `The ${importNoun(row)} of ${jobs > 0 ? countOf(jobs, 'job') : countOf(views, 'view')} is undone.`,
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
