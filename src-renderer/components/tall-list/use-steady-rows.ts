import { useLayoutEffect, useRef } from 'react';
import type { TallList } from './use-tall-list.ts';

/** Of the rows on the screen, so many may go before the place is given up. */
const LOOK_AHEAD = 40;

/**
 * Holds what is on the screen in its place while rows come and go above it. At the top it stays at the top, so that
 * new rows are seen.
 * @param order the keys of the rows as they stand
 */
export function useSteadyRows(list: TallList, order: readonly string[], lineHeight: number): void {
  const before = useRef({ order, first: list.first });
  useLayoutEffect(() => {
    const { order: old, first } = before.current;
    before.current = { order, first: list.first };
    if (old === order || first === 0) return;
    for (const [offset, id] of old.slice(first, first + LOOK_AHEAD).entries()) {
      const place = order.indexOf(id);
      if (place === -1) continue;
      if (place !== first + offset) list.shift((place - first - offset) * lineHeight);
      return;
    }
  }, [list, order, lineHeight]);
}
