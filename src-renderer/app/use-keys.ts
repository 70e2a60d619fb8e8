import { type RefObject, useEffect } from 'react';
import type { ToolbarHandle } from '../features/job-list/toolbar.tsx';
import { useJobActions } from '../services/use-job-actions.ts';
import { useDialog } from '../store/dialog-store.ts';
import { useView } from '../store/view-store.ts';
import type { Commands } from './commands.ts';

/** Letters that do something to a job work where that job has the focus (WCAG 2.2, 2.1.4): a slip elsewhere does not. */
const ON_FOCUS = ['r', 'a', 'c'];

/** The keys that work wherever one is not typing, and those of the job in the detail. */
export function useKeys(commands: Commands, toolbar: RefObject<ToolbarHandle | null>): void {
  const actions = useJobActions();

  useEffect(() => {
    /** Of the job in the detail. The list has its own, for what is selected there. */
    const toShown = (action: 'run' | 'cancel' | 'again') => {
      const { place, selection } = useView.getState();
      // Beside the callbacks the job is only shown.
      if (place === 'jobs' && selection.active !== null) void actions.toShown(action, selection.active);
    };
    const keys: Record<string, () => void> = {
      n: commands.newJob,
      i: commands.importFiles,
      e: commands.exportJobs,
      r: () => toShown('run'),
      a: () => toShown('again'),
      c: () => toShown('cancel'),
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
      const key = event.key.toLowerCase();
      const run = keys[key];
      if (run === undefined || (ON_FOCUS.includes(key) && !isInDetail(event.target))) return;
      event.preventDefault();
      // Held down, it would do it again and again.
      if (!event.repeat) run();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [commands, toolbar, actions]);
}

function isInDetail(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('section[aria-label="Job"]') !== null;
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
