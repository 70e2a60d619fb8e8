import { type RefObject, useCallback } from 'react';

const FOCUSABLE = 'input, textarea, select, [contenteditable=true]';

/** Goes to the first field that is wrong, once what was folded around it has opened. */
export function useFocusWrong(area: RefObject<HTMLElement | null>): () => void {
  return useCallback(() => {
    // Two frames: one to show what is wrong, one for the part around it to unfold.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const wrong = area.current?.querySelector<HTMLElement>('[aria-invalid=true], [data-wrong]');
        const field = wrong?.matches(FOCUSABLE) ? wrong : wrong?.querySelector<HTMLElement>(FOCUSABLE);
        field?.focus();
      }),
    );
  }, [area]);
}
