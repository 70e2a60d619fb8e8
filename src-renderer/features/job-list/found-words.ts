import type { RowPagesSnapshot } from '../../services/row-pages/row-pages.ts';
import { countOf } from '../../words/count-words.ts';

/** More is not counted: it would be told anew with each page that one scrolls to. */
const COUNTED = 100;

/** How many jobs a search finds; '' before it has found any. */
export function foundWords({
  rows,
  isRead,
  isWhole,
}: Pick<RowPagesSnapshot<unknown>, 'rows' | 'isRead' | 'isWhole'>): string {
  if (!isRead || (rows.length === 0 && !isWhole)) return '';
  if (rows.length === 0) return 'Nothing matches';
  if (isWhole) return `${countOf(rows.length, 'job')} ${rows.length === 1 ? 'matches' : 'match'}`;
  return `${countOf(Math.min(rows.length, COUNTED), 'job')} and more match`;
}
