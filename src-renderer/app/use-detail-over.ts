import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useView } from '../store/view-store.ts';

/**
 * Where the detail lies over the list: the focus goes with what is seen, and Escape goes back. The focus of a pane
 * that is hidden or taken away would be nowhere, and its keys with it.
 */
export function useDetailOver(isOver: boolean) {
  const list = useRef<HTMLElement>(null);
  const detail = useRef<HTMLElement>(null);
  const wasOver = useRef(isOver);

  useEffect(() => {
    if (wasOver.current === isOver) return;
    wasOver.current = isOver;
    const focused = document.activeElement;
    if (isOver && (focused === document.body || list.current?.contains(focused))) {
      detail.current?.focus({ preventScroll: true });
    } else if (!isOver && (focused === document.body || detail.current?.contains(focused))) {
      list.current?.querySelector<HTMLElement>('[role=grid]')?.focus({ preventScroll: true });
    }
  }, [isOver]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { target } = event;
    // Menus are inside by React's tree alone, and close by themselves; in an editor Escape is the editor's.
    if (event.key !== 'Escape' || event.defaultPrevented || !(target instanceof Element)) return;
    if (!event.currentTarget.contains(target) || target.closest('[contenteditable=true]')) return;
    useView.getState().setDetailOpen(false);
  };
  return { list, detail, onKeyDown };
}
