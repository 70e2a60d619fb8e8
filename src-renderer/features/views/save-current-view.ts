import { showError } from '../../components/toast/toast.tsx';
import type { JobdeckDatabase } from '../../db/database.ts';
import { MAX_VIEW_NAME_LENGTH, saveView } from '../../db/views.ts';
import { useView } from '../../store/view-store.ts';
import { useViewNaming } from './views-store.ts';

/** Saves what the list shows as a view, and lets the person name it. */
export async function saveCurrentView(db: JobdeckDatabase): Promise<void> {
  const { filter, search, sort, showView } = useView.getState();
  try {
    const text = search.trim();
    const name = text.slice(0, MAX_VIEW_NAME_LENGTH) || 'View';
    const view = await saveView(db, { name, filter, search: text, sort });
    showView({ ...view, filter });
    useViewNaming.getState().setNaming(view.id);
  } catch (error) {
    showError('The view could not be saved.', error);
  }
}
