import type { DeliveryRow } from '../../db/delivery-row.ts';
import { useCallbackView } from '../../store/callback-store.ts';
import { useView } from '../../store/view-store.ts';

/** Shows the job of a delivery, and in its Callback tab this one. */
export function showDelivery({ id, jobId }: Pick<DeliveryRow, 'id' | 'jobId'>): void {
  useCallbackView.getState().show(id);
  const { setSelection, setTab } = useView.getState();
  setSelection({ ids: new Set([jobId]), active: jobId, anchor: jobId });
  setTab('callback');
}
