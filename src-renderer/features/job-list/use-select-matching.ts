import { useEffect, useRef, useState } from 'react';
import { showToast } from '../../components/toast/toast.tsx';
import { useServices } from '../../services/services.tsx';
import { showError } from '../../services/show-error.ts';
import { useView } from '../../store/view-store.ts';
import { countOf } from '../../words/count-words.ts';
import { readMatching } from './select-matching.ts';

export interface SelectMatching {
  /** How many were found so far; null while nothing is read. */
  found: number | null;
  /** True where all of the view is selected already. */
  isDone: boolean;
  start(): void;
  stop(): void;
}

/** Selects all that the view has. Ends with the bar that asked for it: where one selects something else. */
export function useSelectMatching(): SelectMatching {
  const { db } = useServices();
  const selectedIds = useView((view) => view.selection.ids);
  const [found, setFound] = useState<number | null>(null);
  const [taken, setTaken] = useState<ReadonlySet<string> | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    const abort = new AbortController();
    running.current = abort;
    setFound(0);
    const { filter, search, sort, selection: first } = useView.getState();
    try {
      const matching = await readMatching(
        db,
        { filter, search, sort },
        { signal: abort.signal, onFound: setFound },
      );
      if (matching === null) return;
      const { ids, hasMore } = matching;
      const { selection, setSelection } = useView.getState();
      // What was taken out of the selection meanwhile stays out of it.
      for (const id of first.ids) if (!selection.ids.has(id)) ids.delete(id);
      setTaken(ids);
      setSelection({ ...selection, ids });
      if (hasMore) tellMore(ids.size);
    } catch (error) {
      showError('What matches could not be read.', error);
    } finally {
      setFound(null);
    }
  };

  return {
    found,
    isDone: taken === selectedIds,
    start: () => void start(),
    stop: () => running.current?.abort(),
  };
}

function tellMore(count: number): void {
  showToast(`The first ${countOf(count, 'job')} are selected; there are more.`, {
    detail: 'To export all of them, export with nothing selected: that takes the whole view.',
    lastsMs: 12_000,
  });
}
