import type { KeyboardEvent } from 'react';
import type { DeliveryId } from '#shared/callback/delivery.ts';
import type { DeliveryRow } from '../../db/delivery-row.ts';
import { useCallbackView } from '../../store/callback-store.ts';
import { cursorOf, EMPTY_SELECTION, type Selection, select } from '../../store/selection.ts';
import { afterKey, type ListedIds } from '../../store/selection-keys.ts';
import { useView } from '../../store/view-store.ts';
import { showDelivery } from './show-delivery.ts';

/** The keys of the list: those that select, Enter and Escape. The detail shows the job of what is selected. */
export function useCallbackKeys(
  list: ListedIds<DeliveryId> & {
    rows: readonly DeliveryRow[];
    reveal: (index: number) => void;
  },
): (event: KeyboardEvent) => void {
  const { rows, order, placeOf, reveal } = list;

  const take = (next: Selection<DeliveryId>) => {
    const { selection, setSelection } = useCallbackView.getState();
    setSelection(next);
    const row = next.active === null ? undefined : rows[placeOf(next.active)];
    if (row !== undefined && next.active !== selection.active) showDelivery(row);
  };

  return (event) => {
    if (event.altKey) return;
    const { selection } = useCallbackView.getState();
    const { setDetailOpen } = useView.getState();
    const after = afterKey(selection, list, event);
    const cursor = cursorOf(selection);

    if (after !== null) {
      take(after.selection);
      if (after.reveal !== null) reveal(after.reveal);
    } else if (event.key === 'Enter' && cursor !== null) {
      if (cursor !== selection.active) take(select(selection, order, cursor, 'only'));
      setDetailOpen(true);
    } else if (event.key === 'Escape') {
      take(EMPTY_SELECTION);
      setDetailOpen(false);
    } else return;
    event.preventDefault();
  };
}
