/** Jobs whose JSON was changed and not saved: what would run is not what its owner sees. */
import type { JobId } from '#shared/job/job-id.ts';
import { showToast } from '../components/toast/toast.tsx';
import type { JobdeckDatabase } from '../db/database.ts';
import { jobById, jobsByIds } from '../db/queries.ts';
import { useEdits } from '../store/edits-store.ts';
import { useView } from '../store/view-store.ts';
import { countOf } from '../words/count-words.ts';

/** Of these jobs those that may start: of the others a toast says why they do not, and leads there. */
export async function withoutUnsaved(db: JobdeckDatabase, ids: readonly JobId[]): Promise<JobId[]> {
  const { texts } = useEdits.getState();
  const [first, ...others] = ids.filter((id) => texts[id] !== undefined);
  if (first === undefined) return [...ids];
  const name = (await jobById(db, first))?.name ?? first;
  showToast(
    others.length === 0
      ? `“${name}” was not started: its JSON has changes that are not saved.`
      : `${countOf(others.length + 1, 'job')} were not started: their JSON has changes that are not saved.`,
    {
      tone: 'bad',
      detail: 'Save or revert them, then run.',
      action: { label: 'Show the JSON', run: () => useView.getState().showJob(first, 'json') },
    },
  );
  return ids.filter((id) => texts[id] === undefined);
}

/** Forgets the changes to jobs that the history has no more, or that were run meanwhile. */
export async function forgetLostEdits(db: JobdeckDatabase): Promise<void> {
  const { texts, setEdit } = useEdits.getState();
  const ids = Object.keys(texts) as JobId[];
  const rows = await jobsByIds(db, ids);
  const saved = new Set(rows.filter(({ status }) => status === 'created').map(({ id }) => id));
  for (const id of ids) if (!saved.has(id)) setEdit(id, null);
}
