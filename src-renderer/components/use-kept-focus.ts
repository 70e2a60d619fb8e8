import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** Takes the focus up where what had it inside of `container` was taken away: it would be nowhere, and its keys with it. */
export function useKeptFocus(container: RefObject<HTMLElement | null>): void {
  const hasFocus = useRef(false);
  useEffect(() => {
    const move = ({ target }: FocusEvent) => {
      hasFocus.current = target instanceof Node && container.current?.contains(target) === true;
    };
    document.addEventListener('focusin', move);
    return () => document.removeEventListener('focusin', move);
  }, [container]);
  useLayoutEffect(() => {
    if (hasFocus.current && document.activeElement === document.body) {
      container.current?.focus({ preventScroll: true });
    }
  });
}
