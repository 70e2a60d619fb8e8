/** What is selected of a list of jobs: what the bar says, and what bar, menu and keys act on. Pure. */
import type { JobId } from '#shared/job/job-id.ts';
import type { JobRow } from '../../db/job-row.ts';
import { BULK_ACTIONS, type BulkAction, canBe } from '../../services/bulk-actions.ts';
import { countOf } from '../../words/count-words.ts';

export interface SelectedJobs {
  /** In the order of the list; what is selected beyond what is loaded comes last. */
  ids: readonly JobId[];
  /** Of those that are loaded. */
  rows: readonly JobRow[];
}

/** @param isWhole whether all of the list is loaded: what is in no row is not in the list then */
export function selectedIn(
  rows: readonly JobRow[],
  places: ReadonlyMap<JobId, number>,
  selected: ReadonlySet<JobId>,
  isWhole: boolean,
): SelectedJobs {
  const loaded = selected.size === 0 ? [] : rows.filter((row) => selected.has(row.id));
  const ids = loaded.map((row) => row.id);
  if (!isWhole && ids.length < selected.size) {
    for (const id of selected) if (!places.has(id)) ids.push(id);
  }
  return { ids, rows: loaded };
}

/** What can be asked of at least one of them. Of jobs that are not loaded it is known once they are asked. */
export function possibleOf(
  { ids, rows }: SelectedJobs,
  progressOf: Parameters<typeof canBe>[2],
): Record<BulkAction, boolean> {
  const isUnseen = ids.length > rows.length;
  const can = (action: BulkAction) => rows.some((row) => canBe(action, row, progressOf));
  return Object.fromEntries(
    BULK_ACTIONS.map((action) => [action, (isUnseen && ASKED_UNSEEN.includes(action)) || can(action)]),
  ) as Record<BulkAction, boolean>;
}

const ASKED_UNSEEN: readonly BulkAction[] = ['run', 'cancel', 'again', 'remove'];

/** "3 jobs selected", or that it is all of those that are loaded, of which there are more. */
export function selectedWords(
  { ids, rows }: SelectedJobs,
  list: { loaded: number; isWhole: boolean },
): string {
  const isAllLoaded = !list.isWhole && ids.length === rows.length && rows.length === list.loaded;
  return `${countOf(ids.length, isAllLoaded ? 'loaded job' : 'job')} selected`;
}
