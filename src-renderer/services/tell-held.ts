import { showToast } from '../components/toast/toast.tsx';
import { useDialog } from '../store/dialog-store.ts';

/** Says why nothing else can be opened now; false where something can. */
export function tellHeld(): boolean {
  const { held } = useDialog.getState();
  if (held === null) return false;
  showToast(held, { detail: 'Try again when that is over.' });
  return true;
}
