/** Saved views from a backup, taken for such only where they are. */
import type { BackupRecord } from '#shared/contract/backups.ts';
import type { JobdeckDatabase } from './database.ts';
import type { ImportRow } from './import-row.ts';
import { jsonEqual } from './json-equal.ts';
import { JOB_FILTERS, SORT_COLUMNS, type Sort } from './order.ts';
import { MAX_VIEW_NAME_LENGTH, type ViewRow } from './views.ts';

/** Longer is no search that anybody typed. */
const MAX_SEARCH_LENGTH = 10_000;

/**
 * Adds saved views that are not there, and leaves out what is none.
 * @returns those that were added
 */
export async function addViews(db: JobdeckDatabase, records: readonly BackupRecord[]): Promise<ViewRow[]> {
  const views = records.flatMap((record) => (record.kind === 'view' ? (toView(record.view) ?? []) : []));
  return await db.transaction('rw', db.views, async () => {
    const known = await db.views.bulkGet(views.map(({ id }) => id));
    const fresh = views.filter((_view, index) => known[index] === undefined);
    await db.views.bulkPut(fresh);
    return fresh;
  });
}

/** Takes back the views that a restore brought, but for those that show something else or have another name since. */
export async function removeViewsOf(db: JobdeckDatabase, { views = [] }: ImportRow): Promise<void> {
  const now = await db.views.bulkGet(views.map(({ id }) => id));
  const asBrought = views.filter((view, index) => {
    const row = now[index];
    // Moving another view may have given this one another place.
    return row !== undefined && jsonEqual({ ...row, place: 0 }, { ...view, place: 0 });
  });
  await db.views.bulkDelete(asBrought.map(({ id }) => id));
}

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
