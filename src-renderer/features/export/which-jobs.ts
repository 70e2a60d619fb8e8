/** Which jobs can be exported from where one is. */
import type { JobId } from '#shared/job/job-id.ts';
import { type JobFilter, NEWEST_FIRST, type Sort } from '../../db/queries.ts';
import { parseSearch } from '../../db/search/parse-search.ts';
import type { Filter } from '../../store/view-store.ts';
import type { ExportSelection } from '../../sync/export.ts';
import { countOf, formatCount } from '../../words/count-words.ts';

export type Which = 'selected' | 'view' | 'all';

export interface WhichOption {
  value: Which;
  label: string;
  note?: string;
  /** How many there are; undefined where it is known once they are written. */
  count: number | undefined;
}

export interface Place {
  ids: readonly JobId[];
  filter: Filter;
  search: string;
  sort: Sort;
  /** Of the saved view that is shown, if any. */
  viewName: string | null;
  counts: Record<JobFilter, number> | undefined;
}

const LISTS: Record<Filter, string> = {
  all: 'Jobs',
  active: 'Active jobs',
  scheduled: 'Scheduled jobs',
  created: 'Saved jobs',
  completed: 'Done jobs',
  failed: 'Failed jobs',
  cancelled: 'Cancelled jobs',
};

/** What there is to choose from, what is nearest first. */
export function whichOptions({ ids, filter, search, viewName, counts }: Place): WhichOption[] {
  const options: WhichOption[] = [];
  if (ids.length > 0) {
    options.push({ value: 'selected', label: countOf(ids.length, 'selected job'), count: ids.length });
  }
  if (isView(filter, search)) {
    // How many a search finds is known when it has been read to its end.
    const count = search === '' ? counts?.[filter] : undefined;
    const label = search === '' ? LISTS[filter] : `${LISTS[filter]} that match “${search}”`;
    options.push({
      value: 'view',
      label: viewName === null ? label : `The view “${viewName}”`,
      ...noted(count),
    });
  }
  options.push({ value: 'all', label: 'All jobs', ...noted(counts?.all) });
  return options;
}

/**
 * Records come newest first, so that the same jobs give the same file however the list is sorted; the rows of a
 * spreadsheet come as in the list.
 */
export function selectionOf(
  which: Which,
  isSheet: boolean,
  { ids, filter, search, sort }: Place,
): ExportSelection {
  const order = isSheet ? sort : NEWEST_FIRST;
  switch (which) {
    case 'selected':
      return { ids };
    case 'view':
      return { view: { filter, search, sort: order } };
    case 'all':
      return { view: { filter: 'all', search: '', sort: order } };
  }
}

/** False where it is all jobs, or none: a search that is wrong, or for output, which the history does not have. */
function isView(filter: Filter, search: string): boolean {
  if (search === '') return filter !== 'all';
  const { problems, output } = parseSearch(search);
  return problems.length === 0 && output === null;
}

function noted(count: number | undefined): Pick<WhichOption, 'count' | 'note'> {
  return count === undefined ? { count } : { count, note: formatCount(count) };
}
