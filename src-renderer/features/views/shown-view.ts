/** What the list of jobs shows, as a view has it. */
import type { ViewRow } from '../../db/views.ts';
import type { ViewState } from '../../store/view-store.ts';
import { FILTER_WORDS } from '../../words/filter-words.ts';

export type Shown = Pick<ViewState, 'filter' | 'search' | 'sort'>;

export function shownIn({ filter, search, sort }: Shown): Shown {
  return { filter, search: search.trim(), sort };
}

/** True where the list shows just what the view does, wherever it came from. */
export function isWhatShows(view: Pick<ViewRow, 'filter' | 'search' | 'sort'>, shown: Shown): boolean {
  const { filter, search, sort } = shownIn(shown);
  return (
    view.filter === filter &&
    view.search === search &&
    view.sort.column === sort.column &&
    view.sort.direction === sort.direction
  );
}

/** What a view of it is called before it is named: as the search says, or else as its list is called. */
export function nameFor({ filter, search }: Pick<Shown, 'filter' | 'search'>): string {
  return search.trim() || FILTER_WORDS[filter];
}
