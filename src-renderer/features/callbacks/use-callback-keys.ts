import type { KeyboardEvent } from 'react';
import type { DeliveryId } from '#shared/callback/delivery.ts';
import type { DeliveryRow } from '../../db/delivery-row.ts';
import { useCallbackView } from '../../store/callback-store.ts';
import { EMPTY_SELECTION, select, selectAll } from '../../store/selection.ts';
import { useView } from '../../store/view-store.ts';
import { showDelivery } from './show-delivery.ts';

const PAGE_STEP = 10;

/** The keys of the list: arrows, Home, End, page keys, Enter, Ctrl/Cmd+A, Space and Escape. */
export function useCallbackKeys(list: {
  rows: readonly DeliveryRow[];
  order: readonly DeliveryId[];
  reveal: (index: number) => void;
}): (event: KeyboardEvent) => void {
  const { rows, order, reveal } = list;
  return (event) => {
    if (event.altKey) return;
    const { selection, setSelection } = useCallbackView.getState();
    const { setDetailOpen } = useView.getState();
    const place = selection.active === null ? -1 : order.indexOf(selection.active);
    const command = event.ctrlKey || event.metaKey;
    const target = targetOf(event.key, place, order.length);
    const row = target === null ? undefined : rows[target];

    if (row !== undefined && target !== null && !command) {
      setSelection(select(selection, order, row.id, event.shiftKey ? 'range' : 'only'));
      showDelivery(row);
      reveal(target);
    } else if (event.key === 'Enter' && selection.active !== null) {
      setDetailOpen(true);
    } else if (event.key === ' ' && selection.active !== null) {
      setSelection(select(selection, order, selection.active, 'toggle'));
    } else if (command && event.key.toLowerCase() === 'a') {
      setSelection(selectAll(selection, order));
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
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE_STEP, PageUp: -PAGE_STEP }[key];
  return step === undefined ? null : Math.min(last, Math.max(0, place + step));
}
