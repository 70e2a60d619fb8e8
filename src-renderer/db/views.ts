/** Saved views: a list, a search and an order, under a name. */
import type { JobdeckDatabase } from './database.ts';
import type { JobFilter, Sort } from './order.ts';

export interface ViewRow {
  id: string;
  name: string;
  filter: JobFilter;
  search: string;
  sort: Sort;
  /** The order in the sidebar; between two there is room for more. */
  place: number;
}

export const MAX_VIEW_NAME_LENGTH = 80;

/** All views in the order of the sidebar. */
export function listViews(db: JobdeckDatabase): Promise<ViewRow[]> {
  return db.views.orderBy('place').toArray();
}

/** Saves a view at the end of the others. */
export function saveView(
  db: JobdeckDatabase,
  view: Pick<ViewRow, 'name' | 'filter' | 'search' | 'sort'>,
): Promise<ViewRow> {
  return db.transaction('rw', db.views, async () => {
    const last = await db.views.orderBy('place').last();
    const row = { ...view, id: crypto.randomUUID(), place: (last?.place ?? 0) + 1 };
    await db.views.add(row);
    return row;
  });
}

/** Gives a view another name; an empty one leaves it as it is. */
export async function renameView(db: JobdeckDatabase, id: string, name: string): Promise<void> {
  const trimmed = name.trim().slice(0, MAX_VIEW_NAME_LENGTH);
  if (trimmed !== '') await db.views.update(id, { name: trimmed });
}

/**
 * Lets a view show something else.
 * @returns the row as it was, with which `restoreView` brings it back; undefined where it is gone
 */
export function changeView(
  db: JobdeckDatabase,
  id: string,
  shown: Pick<ViewRow, 'filter' | 'search' | 'sort'>,
): Promise<ViewRow | undefined> {
  return db.transaction('rw', db.views, async () => {
    const row = await db.views.get(id);
    if (row !== undefined) await db.views.put({ ...row, ...shown });
    return row;
  });
}

/** Moves a view one place up or down. */
export function moveView(db: JobdeckDatabase, id: string, step: 1 | -1): Promise<void> {
  return db.transaction('rw', db.views, async () => {
    const rows = await listViews(db);
    const index = rows.findIndex((row) => row.id === id);
    const row = rows[index];
    if (row === undefined || rows[index + step] === undefined) return;
    // All places anew: two that were brought back may have the same one.
    const moved = rows.toSpliced(index, 1).toSpliced(index + step, 0, row);
    await db.views.bulkPut(moved.map((each, at) => ({ ...each, place: at + 1 })));
  });
}

/**
 * Removes a view.
 * @returns the row, with which `restoreView` brings it back to its place; undefined where it was gone
 */
export function removeView(db: JobdeckDatabase, id: string): Promise<ViewRow | undefined> {
  return db.transaction('rw', db.views, async () => {
    const row = await db.views.get(id);
    await db.views.delete(id);
    return row;
  });
}

export async function restoreView(db: JobdeckDatabase, row: ViewRow): Promise<void> {
  await db.views.put(row);
}
