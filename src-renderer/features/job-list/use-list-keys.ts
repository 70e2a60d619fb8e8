import type { KeyboardEvent } from 'react';
import type { JobId } from '#shared/job/job-id.ts';
import { isInRunner } from '../../db/job-row.ts';
import type { BulkAction } from '../../services/bulk-actions.ts';
import { useJobActions } from '../../services/use-job-actions.ts';
import { cursorOf, EMPTY_SELECTION, withoutJobs } from '../../store/selection.ts';
import { afterKey, type ListedIds } from '../../store/selection-keys.ts';
import { useView } from '../../store/view-store.ts';
import type { SelectedJobs } from './selected-jobs.ts';

/** What a letter asks of the selected jobs. Heard here alone and in the detail: where one is elsewhere, it is text. */
const ACTIONS: Record<string, BulkAction> = { r: 'run', a: 'again', c: 'cancel' };

/** The keys of the list: those that select, Enter, Delete, Escape, and the letters of what can be done. */
export function useListKeys(
  list: ListedIds<JobId> & { reveal: (index: number) => void; selected: SelectedJobs },
): (event: KeyboardEvent) => void {
  const actions = useJobActions();
  const { order, reveal, selected } = list;

  const remove = () => {
    const { selection, setSelection } = useView.getState();
    const kept = new Set(selected.rows.filter(isInRunner).map((row) => row.id));
    void actions.toSelected('remove', selected.ids);
    setSelection(withoutJobs(selection, order, new Set(selected.ids.filter((id) => !kept.has(id)))));
  };

  return (event) => {
    if (event.altKey) return;
    const { selection, setSelection, showJob, setDetailOpen } = useView.getState();
    const command = event.ctrlKey || event.metaKey;
    const after = afterKey(selection, list, event);
    const cursor = cursorOf(selection);
    const action = command ? undefined : ACTIONS[event.key.toLowerCase()];

    if (after !== null) {
      setSelection(after.selection);
      if (after.reveal !== null) reveal(after.reveal);
    } else if (event.key === 'Enter' && cursor !== null) {
      showJob(cursor);
    } else if (event.key === 'Escape') {
      setSelection(EMPTY_SELECTION);
      setDetailOpen(false);
    } else if (event.repeat || selected.ids.length === 0) {
      // Held down, a key would do it to one job after the other.
      return;
    } else if (event.key === 'Delete' || (event.key === 'Backspace' && command)) {
      remove();
    } else if (action !== undefined) {
      void actions.toSelected(action, selected.ids);
    } else if (event.key.toLowerCase() === 'e' && !command) {
      actions.exportJobs(selected.ids);
    } else return;
    event.preventDefault();
  };
}
