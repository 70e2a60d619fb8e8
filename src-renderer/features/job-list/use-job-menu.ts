import { type MouseEvent, type RefObject, useCallback, useState } from 'react';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobRow } from '../../db/job-row.ts';
import { cursorOf, select } from '../../store/selection.ts';
import { useView } from '../../store/view-store.ts';
import { lineId } from './job-line.tsx';
import type { MenuPlace } from './job-menu.tsx';
import type { SelectedJobs } from './selected-jobs.ts';

/** From the beginning of a line, for a menu that is asked for by key. */
const LEFT_PX = 36;

/** Where the menu of the selected jobs is, and the ways to it: by pointer on a line, and by key on the list. */
export function useJobMenu(list: {
  grid: RefObject<HTMLElement | null>;
  order: readonly JobId[];
  places: ReadonlyMap<JobId, number>;
  selected: SelectedJobs;
  reveal: (index: number) => void;
  lineHeight: number;
}) {
  const { grid, order, places, selected, reveal, lineHeight } = list;
  const [place, setPlace] = useState<MenuPlace | null>(null);

  const onRow = useCallback(
    (event: MouseEvent, row: JobRow) => {
      event.preventDefault();
      const { selection, setSelection } = useView.getState();
      if (!selection.ids.has(row.id)) setSelection(select(selection, order, row.id, 'only'));
      setPlace({ x: event.clientX, y: event.clientY });
    },
    [order],
  );

  /** The menu key, and Shift+F10: what has the focus is asked, which is the list and none of its lines. */
  const onKey = (event: MouseEvent) => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    const { selection, setSelection } = useView.getState();
    const cursor = cursorOf(selection);
    const id = cursor !== null && places.has(cursor) ? cursor : (selected.rows[0]?.id ?? order[0]);
    const index = id === undefined ? undefined : places.get(id);
    if (id === undefined || index === undefined) return;
    if (selected.ids.length === 0) setSelection(select(selection, order, id, 'only'));
    reveal(index);
    // One that is not drawn yet comes into sight with the next frame: the menu is beside the list then.
    const box = (document.getElementById(lineId({ id })) ?? grid.current)?.getBoundingClientRect();
    if (box !== undefined) setPlace({ x: box.left + LEFT_PX, y: box.top + lineHeight });
  };

  const close = useCallback(() => {
    setPlace(null);
    grid.current?.focus({ preventScroll: true });
  }, [grid]);

  return { place, onRow, onKey, close };
}
