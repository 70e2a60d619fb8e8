import { type RefObject, useEffect } from 'react';
import { jobsByIds } from '../db/queries.ts';
import type { ToolbarHandle } from '../features/job-list/toolbar.tsx';
import { useServices } from '../services/services.tsx';
import { useJobActions } from '../services/use-job-actions.ts';
import { useDialog } from '../store/dialog-store.ts';
import { useView } from '../store/view-store.ts';
import { whatCanBeDone } from '../words/what-can-be-done.ts';
import type { Commands } from './commands.ts';

/** The keys that work wherever one is not typing. */
export function useKeys(commands: Commands, toolbar: RefObject<ToolbarHandle | null>): void {
  const actions = useJobActions();
  const { db } = useServices();

  useEffect(() => {
    const withSelected = async (action: 'run' | 'cancel' | 'again') => {
      // Beside the callbacks it is a callback that is selected, and the job is only shown.
      if (useView.getState().place !== 'jobs') return;
      const rows = await jobsByIds(db, [...useView.getState().selection.ids]);
      const ids = rows.filter((row) => whatCanBeDone([row])[action]).map((row) => row.id);
      if (ids.length === 0) return;
      if (action === 'run') await actions.run(ids);
      else if (action === 'cancel') await actions.cancel(ids);
      else await actions.runAgain(ids);
    };
    const keys: Record<string, () => void> = {
      n: commands.newJob,
      i: commands.importFiles,
      e: commands.exportJobs,
      r: () => void withSelected('run'),
      a: () => void withSelected('again'),
      c: () => void withSelected('cancel'),
      '/': () => toolbar.current?.focusSearch(),
      '?': () => useDialog.getState().open({ kind: 'shortcuts' }),
      '1': () => useView.getState().setTab('overview'),
      '2': () => useView.getState().setTab('output'),
      '3': () => useView.getState().setTab('json'),
      '4': () => useView.getState().setTab('callback'),
      j: () => useView.getState().setPlace('jobs'),
      k: () => useView.getState().setPlace('callbacks'),
      l: () => useDialog.getState().open({ kind: 'receiver' }),
    };
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || useDialog.getState().dialog !== null) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') {
        event.preventDefault();
        toolbar.current?.focusSearch();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const run = keys[event.key.toLowerCase()];
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [commands, toolbar, actions, db]);
}

/** True where a key is text: in fields and editors. An open menu has its own keys. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true], [role=menu]',
    ) !== null
  );
}
