import { useEffect, useMemo, useRef } from 'react';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckDatabase } from '../../db/database.ts';
import { inView } from '../../db/in-view.ts';
import type { JobRow } from '../../db/job-row.ts';
import { idsThat } from '../../services/bulk-actions.ts';
import type { RowPagesSnapshot } from '../../services/row-pages/row-pages.ts';
import { useServices } from '../../services/services.tsx';
import { showError } from '../../services/show-error.ts';
import { withoutLeft } from '../../store/selection.ts';
import { useView } from '../../store/view-store.ts';
import { type SelectedJobs, selectedIn } from './selected-jobs.ts';
import type { JobPages } from './use-job-pages.ts';

/** What is selected of a list, and where each of its rows is. What leaves the list is no longer selected. */
export function useSelected(
  pages: JobPages,
  snapshot: RowPagesSnapshot<JobRow>,
): { selected: SelectedJobs; places: ReadonlyMap<JobId, number> } {
  const { db } = useServices();
  const ids = useView((view) => view.selection.ids);
  const { rows } = snapshot;
  const isWhole = snapshot.isRead && snapshot.isWhole;
  const places = useMemo(() => new Map(rows.map((row, index) => [row.id, index])), [rows]);
  const selected = useMemo(() => selectedIn(rows, places, ids, isWhole), [rows, places, ids, isWhole]);

  const before = useRef({ pages, places });
  useEffect(() => {
    const old = before.current;
    before.current = { pages, places };
    if (old.pages !== pages || old.places === places) return;
    const missing = [...useView.getState().selection.ids].filter(
      (id) => old.places.has(id) && !places.has(id),
    );
    if (missing.length === 0) return;
    letGo(db, missing).catch((error: unknown) =>
      showError('What is selected may no longer be in the list.', error),
    );
  }, [db, pages, places]);

  return { selected, places };
}

/** A row that moves from one page to another is in neither for a moment: the history knows whether it has left. */
async function letGo(db: JobdeckDatabase, missing: readonly JobId[]): Promise<void> {
  const { filter, search } = useView.getState();
  const still = new Set(await idsThat(db, missing, inView({ filter, search })));
  const now = useView.getState();
  if (now.filter !== filter || now.search !== search) return;
  const left = new Set(missing.filter((id) => !still.has(id)));
  now.setSelection(withoutLeft(now.selection, left));
}
