/** A saved view from a backup, taken for one only where it is one. */
import { JOB_FILTERS, SORT_COLUMNS, type Sort } from './order.ts';
import { MAX_VIEW_NAME_LENGTH, type ViewRow } from './views.ts';

/** Longer is no search that anybody typed. */
const MAX_SEARCH_LENGTH = 10_000;

/** Null for what is no view. */
export function toView(value: object): ViewRow | null {
  const { id, name, filter, search, sort, place } = value as Record<string, unknown>;
  const known = JOB_FILTERS.find((each) => each === filter);
  const order = toSort(sort);
  if (typeof id !== 'string' || typeof name !== 'string' || known === undefined || order === null)
    return null;
  if (typeof search !== 'string' || search.length > MAX_SEARCH_LENGTH) return null;
  return {
    id,
    name: name.slice(0, MAX_VIEW_NAME_LENGTH),
    filter: known,
    search,
    sort: order,
    place: typeof place === 'number' && Number.isFinite(place) ? place : 0,
  };
}

function toSort(value: unknown): Sort | null {
  if (typeof value !== 'object' || value === null) return null;
  const { column, direction } = value as Record<string, unknown>;
  const known = SORT_COLUMNS.find((each) => each === column);
  if (known === undefined || (direction !== 'asc' && direction !== 'desc')) return null;
  return { column: known, direction };
}
