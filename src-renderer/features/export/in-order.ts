import type { JobdeckDatabase } from '../../db/database.ts';
import { type Cursor, comparePlaces, cursorOf } from '../../db/order.ts';
import { jobsByIds, type Sort } from '../../db/queries.ts';
import type { ExportSelection } from '../../sync/export.ts';

/** Rows are large, and a selection may be all there are: so many are in memory at once. */
const CHUNK = 500;

/** Selected jobs come in the order in which they were selected: here they take that of a list. */
export async function inOrder(
  db: JobdeckDatabase,
  selection: ExportSelection,
  sort: Sort,
): Promise<ExportSelection> {
  if (!('ids' in selection)) return selection;
  const places: { id: (typeof selection.ids)[number]; cursor: Cursor }[] = [];
  for (let start = 0; start < selection.ids.length; start += CHUNK) {
    for (const row of await jobsByIds(db, selection.ids.slice(start, start + CHUNK))) {
      places.push({ id: row.id, cursor: cursorOf(sort, row) });
    }
  }
  places.sort((one, other) => comparePlaces(sort, one.cursor, other.cursor));
  return { ids: places.map(({ id }) => id) };
}
