import type { JobdeckDatabase } from '../../db/database.ts';
import { MAX_VIEW_NAME_LENGTH, saveView } from '../../db/views.ts';
import { showError } from '../../services/show-error.ts';
import { useView } from '../../store/view-store.ts';
import { nameFor, shownIn } from './shown-view.ts';
import { tellProblem } from './tell-problem.ts';
import { useViewNaming } from './views-store.ts';

/** Saves what the list shows as a view, and lets the person name it. */
export async function saveCurrentView(db: JobdeckDatabase): Promise<void> {
  const view = useView.getState();
  const shown = shownIn(view);
  if (tellProblem(shown)) return;
  try {
    const saved = await saveView(db, { name: nameFor(shown).slice(0, MAX_VIEW_NAME_LENGTH), ...shown });
    view.showView({ ...saved, ...shown });
    useViewNaming.getState().setNaming(saved.id);
  } catch (error) {
    showError('The view could not be saved.', error);
  }
}
