/** Jobs whose JSON was changed and not saved: what would run is not what its owner sees. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { inSchemaOrder } from '#shared/job/new-job.ts';
import { showToast } from '../components/toast/toast.tsx';
import type { JobdeckDatabase } from '../db/database.ts';
import type { JobRow } from '../db/job-row.ts';
import { jobsByIds } from '../db/queries.ts';
import { useEdits } from '../store/edits-store.ts';
import { useView } from '../store/view-store.ts';
import { countOf } from '../words/count-words.ts';

/** A document as it is shown and edited. */
export function documentText(job: BatchJob): string {
  return JSON.stringify(inSchemaOrder(job), null, 2);
}

/** A job that was not run yet can be changed. */
export function canEdit(row: JobRow): boolean {
  return row.bucket === 'created' && row.status === 'created';
}

/** Of these jobs those that may start: of the others a toast says why they do not, and leads there. */
export async function withoutUnsaved(db: JobdeckDatabase, ids: readonly JobId[]): Promise<JobId[]> {
  const { texts } = useEdits.getState();
  const edited = ids.filter((id) => texts[id] !== undefined);
  if (edited.length === 0) return [...ids];
  const rows = (await jobsByIds(db, edited)).filter(
    (row) => canEdit(row) && texts[row.id] !== documentText(row.job),
  );
  const [first, ...others] = rows;
  if (first === undefined) return [...ids];
  showToast(
    others.length === 0
      ? `“${first.name}” was not started: its JSON has changes that are not saved.`
      : `${countOf(rows.length, 'job')} were not started: their JSON has changes that are not saved.`,
    {
      tone: 'bad',
      detail: 'Save or revert them, then run.',
      action: { label: 'Show the JSON', run: () => useView.getState().showJob(first.id, 'json') },
    },
  );
  const unsaved = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !unsaved.has(id));
}

/** Forgets the changes to jobs that are gone for good. */
export function forgetEdits(ids: readonly JobId[]): void {
  const { texts, setEdit } = useEdits.getState();
  for (const id of ids) if (texts[id] !== undefined) setEdit(id, null);
}

/**
 * Forgets the changes to jobs that were run meanwhile. Those to jobs that are not there are kept: a history that was
 * lost may come back, from a backup, and they may be all that is left of it.
 */
export async function forgetLateEdits(db: JobdeckDatabase): Promise<void> {
  const rows = await jobsByIds(db, Object.keys(useEdits.getState().texts) as JobId[]);
  forgetEdits(rows.filter((row) => row.status !== 'created').map(({ id }) => id));
}
