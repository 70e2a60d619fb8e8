import type { JobdeckDatabase } from '../../db/database.ts';
import { jobsByIds } from '../../db/queries.ts';
import { useView } from '../../store/view-store.ts';
import type { ImportReport } from '../../sync/imports/commit-import.ts';

/** More than a list has loaded is not selected unseen. */
const MAX_SELECTED = 100;

/** Leads to what came in: what can be run, where it is not too much to be seen all of it selected. */
export async function showImported(
  db: JobdeckDatabase,
  { firstIds, waitingIds, waiting }: Pick<ImportReport, 'firstIds' | 'waitingIds' | 'waiting'>,
): Promise<void> {
  const [first] = firstIds;
  if (first === undefined) return;
  const { setFilter, setSelection, showJob, setSearch } = useView.getState();
  const rows = await jobsByIds(db, waitingIds.slice(0, MAX_SELECTED));
  const saved = rows.filter((row) => row.bucket === 'created').map((row) => row.id);
  setSearch('');
  setFilter(saved.length > 0 ? 'created' : 'all');
  if (firstIds.length === 1) showJob(first, 'overview');
  else if (waiting <= MAX_SELECTED && saved.length > 0) {
    setSelection({ ids: new Set(saved), active: null, anchor: null });
  }
}
