import type { JobdeckDatabase } from '../../db/database.ts';
import { broughtBy } from '../../db/import-row.ts';
import { jobsByIds } from '../../db/queries.ts';
import { useView } from '../../store/view-store.ts';
import type { ImportReport } from '../../sync/imports/commit-import.ts';

/** More than a list has loaded is not selected unseen. */
const MAX_SELECTED = 100;

/** Leads to what came in: what can be run, where it is not too much to be seen all of it selected. */
export async function showImported(
  db: JobdeckDatabase,
  { id, counts, firstIds, waitingIds, waiting }: ImportReport,
): Promise<void> {
  const [first] = firstIds;
  if (first === undefined) return;
  if (broughtBy(counts) > MAX_SELECTED) {
    showImport(id, waiting > 0 ? 'created' : 'all');
    return;
  }
  const { setFilter, setSelection, showJob, setSearch } = useView.getState();
  const rows = await jobsByIds(db, waitingIds);
  const saved = rows.filter((row) => row.bucket === 'created').map((row) => row.id);
  setSearch('');
  setFilter(saved.length > 0 ? 'created' : 'all');
  if (firstIds.length === 1) showJob(first, 'overview');
  else if (saved.length > 0) setSelection({ ids: new Set(saved), active: null, anchor: null });
}

/** The list of what an import brought, all of it or what has not run. */
export function showImport(id: string, filter: 'all' | 'created' = 'all'): void {
  const { setFilter, setSearch } = useView.getState();
  setSearch(`import:${id.slice(0, 8)}`);
  setFilter(filter);
}
