import type { KeyboardEvent } from 'react';
import type { JobId } from '#shared/job/job-id.ts';
import { isInRunner, type JobRow } from '../../db/job-row.ts';
import { useJobActions } from '../../services/use-job-actions.ts';
import { EMPTY_SELECTION, select, selectAll, withoutJobs } from '../../store/selection.ts';
import { useView } from '../../store/view-store.ts';

const PAGE_STEP = 12;

/** The keys of the list: arrows, Home, End, page keys, Enter, Delete, Ctrl/Cmd+A, Space and Escape. */
export function useListKeys(list: {
  rows: readonly JobRow[];
  order: readonly JobId[];
  reveal: (index: number) => void;
}): (event: KeyboardEvent) => void {
  const actions = useJobActions();
  const { order, rows, reveal } = list;

  return (event) => {
    if (event.altKey) return;
    const { selection, setSelection, showJob, setDetailOpen } = useView.getState();
    const place = selection.active === null ? -1 : order.indexOf(selection.active);
    const command = event.ctrlKey || event.metaKey;
    const target = targetOf(event.key, place, order.length);

    if (target !== null && !(command && event.key.startsWith('Page'))) {
      const id = order[target];
      if (id !== undefined) {
        setSelection(select(selection, order, id, event.shiftKey ? 'range' : 'only'));
        reveal(target);
      }
    } else if (event.key === 'Enter' && selection.active !== null) {
      showJob(selection.active);
    } else if (event.key === ' ' && selection.active !== null) {
      setSelection(select(selection, order, selection.active, 'toggle'));
    } else if (command && event.key.toLowerCase() === 'a') {
      setSelection(selectAll(selection, order));
    } else if ((event.key === 'Delete' || (event.key === 'Backspace' && command)) && selection.ids.size > 0) {
      const gone = new Set(
        rows.filter((row) => selection.ids.has(row.id) && !isInRunner(row)).map((row) => row.id),
      );
      void actions.remove([...selection.ids]);
      setSelection(withoutJobs(selection, order, gone));
    } else if (event.key === 'Escape') {
      if (selection.ids.size > 1 && selection.active !== null) {
        setSelection(select(selection, order, selection.active, 'only'));
      } else {
        setSelection(EMPTY_SELECTION);
        setDetailOpen(false);
      }
    } else return;
    event.preventDefault();
  };
}

function targetOf(key: string, place: number, length: number): number | null {
  if (length === 0) return null;
  const last = length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, place + 1);
    case 'ArrowUp':
      return place === -1 ? last : Math.max(0, place - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageDown':
      return Math.min(last, place + PAGE_STEP);
    case 'PageUp':
      return Math.max(0, place - PAGE_STEP);
    default:
      return null;
  }
}
