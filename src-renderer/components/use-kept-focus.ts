import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Takes the focus up where what had it inside of `container` was taken away: it would be nowhere, and its keys with
 * it. Where one clicked beside everything it is left nowhere.
 * @param target what gets it
 */
export function useKeptFocus(
  container: RefObject<HTMLElement | null>,
  target: RefObject<HTMLElement | null> = container,
): void {
  const had = useRef<Node | null>(null);
  useEffect(() => {
    const move = ({ target: element }: FocusEvent) => {
      const isInside = element instanceof Node && container.current?.contains(element) === true;
      had.current = isInside ? element : null;
    };
    document.addEventListener('focusin', move);
    return () => document.removeEventListener('focusin', move);
  }, [container]);
  useLayoutEffect(() => {
    if (had.current === null || had.current.isConnected || document.activeElement !== document.body) return;
    target.current?.focus({ preventScroll: true });
  });
}
