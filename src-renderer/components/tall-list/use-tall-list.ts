/** A virtual list of any number of lines, of which a few may be higher than the others. */
import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type Lines, lineAt, offsetOf } from './line-offsets.ts';
import {
  AT_THE_TOP,
  elementPx,
  isStuck,
  scrolledTo,
  scrollFor,
  settled,
  type TallScroll,
} from './tall-scroll.ts';

export interface TallList {
  /** Of the element that holds the lines, in pixels. */
  height: number;
  /** The lines to draw, and where: for `translateY`. */
  lines: readonly { index: number; top: number }[];
  /** The first and the last that is seen. */
  first: number;
  last: number;
  /** Scrolls as little as is needed for the whole line to be seen. */
  reveal(index: number): void;
  /** Goes so many pixels down, as where rows were added above: what is seen stays where it is. */
  shift(px: number): void;
}

/** Lines that are drawn beyond both ends of what is seen. */
const OVERSCAN = 6;

export function useTallList(scroller: RefObject<HTMLElement | null>, lines: Lines): TallList {
  const [scroll, setScroll] = useState<TallScroll>(AT_THE_TOP);
  const [viewPx, setViewPx] = useState(0);
  const [element, setElement] = useState<HTMLElement | null>(null);
  const listPx = offsetOf(lines, lines.count);
  const size = useMemo(() => ({ listPx, viewPx }), [listPx, viewPx]);
  const now = useRef({ scroll, size, lines });
  now.current = { ...now.current, size, lines };

  const go = useCallback(
    (next: TallScroll) => {
      now.current.scroll = next;
      const { current } = scroller;
      if (current !== null && Math.abs(current.scrollTop - next.top) >= 1) current.scrollTop = next.top;
      setScroll(next);
    },
    [scroller],
  );

  // Looked at after each render: a list that was empty may only now have something to scroll.
  useLayoutEffect(() => setElement(scroller.current));

  useLayoutEffect(() => {
    if (element === null) return;
    const scrolled = () => {
      const { scroll: from, size: within } = now.current;
      // Where it was sent to, or no further than a rounding away: nothing has moved.
      if (Math.abs(element.scrollTop - from.top) < 1) return;
      const next = scrolledTo(from, element.scrollTop, within);
      go(isStuck(next, within) ? settled(next, within) : next);
    };
    const ended = () => go(settled(now.current.scroll, now.current.size));
    const observer = new ResizeObserver(() => setViewPx(element.clientHeight));
    observer.observe(element);
    setViewPx(element.clientHeight);
    element.addEventListener('scroll', scrolled, { passive: true });
    element.addEventListener('scrollend', ended, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', scrolled);
      element.removeEventListener('scrollend', ended);
    };
  }, [element, go]);

  const reveal = useCallback(
    (index: number) => {
      const { scroll: at, size: within, lines: all } = now.current;
      const begin = offsetOf(all, index);
      const end = offsetOf(all, index + 1);
      const top = at.top + at.drift;
      if (begin < top) go(scrollFor(begin, within));
      // A line that is higher than the view shows its beginning.
      else if (end > top + within.viewPx) go(scrollFor(Math.min(begin, end - within.viewPx), within));
    },
    [go],
  );

  const shift = useCallback(
    (px: number) => {
      const { scroll: at, size: within } = now.current;
      go(scrollFor(at.top + at.drift + px, within));
    },
    [go],
  );

  const listTop = scroll.top + scroll.drift;
  const first = lines.count === 0 ? 0 : lineAt(lines, listTop);
  const last = lines.count === 0 ? -1 : lineAt(lines, listTop + Math.max(0, viewPx - 1));
  const from = Math.max(0, first - OVERSCAN);
  const to = Math.min(lines.count - 1, last + OVERSCAN);
  const drawn = [];
  let top = offsetOf(lines, from) - scroll.drift;
  for (let index = from; index <= to; index += 1) {
    drawn.push({ index, top });
    top += lines.lineHeight + (lines.extras.get(index) ?? 0);
  }
  return { height: elementPx(size), lines: drawn, first, last, reveal, shift };
}
