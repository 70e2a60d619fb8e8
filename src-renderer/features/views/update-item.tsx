import { Menu } from '@mantine/core';
import { IconRefresh } from '../../components/icons.ts';
import { showToast } from '../../components/toast/toast.tsx';
import { changeView, restoreView, type ViewRow } from '../../db/views.ts';
import { useServices } from '../../services/services.tsx';
import { showError } from '../../services/show-error.ts';
import { useView } from '../../store/view-store.ts';
import { isWhatShows, shownIn } from './shown-view.ts';
import { tellProblem } from './tell-problem.ts';

/** Lets a view show what the list shows now: enabled where that is another list, search or order. */
export function UpdateItem({ view }: { view: ViewRow }) {
  const { db } = useServices();
  const isOther = useView((state) => state.place === 'jobs' && !isWhatShows(view, state));
  const update = async () => {
    const state = useView.getState();
    const shown = shownIn(state);
    if (tellProblem(shown)) return;
    const before = await changeView(db, view.id, shown);
    if (before === undefined) return;
    state.showView({ id: view.id, ...shown });
    const undo = () =>
      restoreView(db, before).catch((error: unknown) =>
        showError('The view could not be brought back.', error),
      );
    showToast(`“${view.name}” shows this now.`, { action: { label: 'Undo', run: () => void undo() } });
  };
  return (
    <Menu.Item
      leftSection={<IconRefresh size={14} />}
      disabled={!isOther}
      onClick={() =>
        void update().catch((error: unknown) => showError('The view could not be updated.', error))
      }
    >
      Update with what is shown
    </Menu.Item>
  );
}
