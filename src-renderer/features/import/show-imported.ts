import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckDatabase } from '../../db/database.ts';
import { jobsByIds } from '../../db/queries.ts';
import { useView } from '../../store/view-store.ts';

/** More than a list has loaded is not selected unseen. */
const MAX_SELECTED = 100;

/** Leads to what can be run now, all of it selected; history from elsewhere is among all jobs. */
export async function showImported(db: JobdeckDatabase, added: readonly JobId[]): Promise<void> {
  const { setFilter, setSelection, showJob, setSearch } = useView.getState();
  const rows = await jobsByIds(db, added.slice(0, MAX_SELECTED));
  const saved = rows.filter((row) => row.bucket === 'created').map((row) => row.id);
  const [first] = added;
  setSearch('');
  setFilter(saved.length > 0 ? 'created' : 'all');
  if (added.length === 1 && first !== undefined) showJob(first, 'overview');
  else if (saved.length > 0) setSelection({ ids: new Set(saved), active: null, anchor: null });
}
