import { useEffect } from 'react';
import { isTextField } from '../../components/is-text-field.ts';
import { useServices } from '../../services/services.tsx';
import { useDialog } from '../../store/dialog-store.ts';
import { useView } from '../../store/view-store.ts';
import { saveCurrentView } from './save-current-view.ts';

/** V saves what the list shows as a view, wherever one is not typing. */
export function useSaveViewKey(): void {
  const { db } = useServices();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isFree =
        useDialog.getState().dialog === null &&
        useView.getState().place === 'jobs' &&
        !isTextField(event.target) &&
        !(event.target instanceof Element && event.target.closest('[role=menu]') !== null);
      const isAlone = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat);
      if (event.defaultPrevented || !isFree || !isAlone || event.key.toLowerCase() !== 'v') return;
      event.preventDefault();
      void saveCurrentView(db);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [db]);
}
