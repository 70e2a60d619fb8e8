import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Holds what is on the screen in its place while rows come and go above it. At the top it stays at the top, so that
 * new rows are seen.
 * @param order the keys of the rows as they stand
 */
export function useSteadyScroll(
  scroller: RefObject<HTMLElement | null>,
  order: readonly string[],
  lineHeight: number,
): void {
  const before = useRef<readonly string[]>([]);
  useLayoutEffect(() => {
    const element = scroller.current;
    const old = before.current;
    before.current = order;
    if (element === null || element.scrollTop < lineHeight || old.length === 0) return;
    const topIndex = Math.floor(element.scrollTop / lineHeight);
    for (let index = topIndex; index < Math.min(old.length, topIndex + 40); index += 1) {
      const key = old[index];
      const place = key === undefined ? -1 : order.indexOf(key);
      if (place === -1) continue;
      if (place !== index) element.scrollTop += (place - index) * lineHeight;
      return;
    }
  }, [scroller, order, lineHeight]);
}
