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
 * Why the list that is shown is not among them; null where it is, or is all jobs. Nothing else is chosen in its place
 * then before a person does.
 */
export function whyNoView({ search }: Pick<Place, 'search'>): string | null {
  const { problems, output } = finished(search);
  if (problems.length > 0) {
    return 'The list that is shown cannot be exported: its search has a mistake, and finds nothing.';
  }
  return output === null
    ? null
    : 'The list that is shown cannot be exported: what the output says is not in the records. Select the jobs in it, and export these.';
}

/** What is exported unless a person chooses: what is nearest, and nothing where that is missing. */
export function firstOption(place: Place): WhichOption | undefined {
  const [first] = whichOptions(place);
  return first?.value === 'all' && whyNoView(place) !== null ? undefined : first;
}

/**
 * Records come newest first, so that the same jobs give the same file however the list is sorted; the rows of a
 * spreadsheet come as in the list.
 */
export function orderOf(isSheet: boolean, { sort }: Pick<Place, 'sort'>): Sort {
  return isSheet ? sort : NEWEST_FIRST;
}

/** What to read; selected jobs have yet to be put in order. */
export function selectionOf(which: Which, isSheet: boolean, place: Place): ExportSelection {
  const { ids, filter, search } = place;
  const order = orderOf(isSheet, place);
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
  const { problems, output } = finished(search);
  return problems.length === 0 && output === null;
}

/** What a person may still be typing counts as a mistake: as far as it is typed it may find everything. */
function finished(search: string) {
  return parseSearch(search, undefined, { isFinished: true });
}

function noted(count: number | undefined): Pick<WhichOption, 'count' | 'note'> {
  return count === undefined ? { count } : { count, note: formatCount(count) };
}
