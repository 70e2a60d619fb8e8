/**
 * Scrolling through more than an element can be high: Chromium caps that at 33,554,428 px. Above the cap the scroll
 * bar stands for the whole on a smaller scale; a short way, as of a wheel or a key, is still gone one to one. Pure.
 *
 * `top` is where the element is scrolled to, and `top + drift` where that is in the list. The drift is between 0 and
 * what the list is higher than the element, so that both ends are always the ends of both.
 */
export const MAX_ELEMENT_PX = 16_000_000;

export interface TallScroll {
  top: number;
  drift: number;
}

export interface TallSize {
  /** Of the whole list. */
  listPx: number;
  /** Of what is seen of it. */
  viewPx: number;
}

export const AT_THE_TOP: TallScroll = { top: 0, drift: 0 };

/** How high the element is that is scrolled. */
export function elementPx({ listPx }: Pick<TallSize, 'listPx'>): number {
  return Math.min(listPx, MAX_ELEMENT_PX);
}

/** Where one is once the element was scrolled to `top`. */
export function scrolledTo(from: TallScroll, top: number, size: TallSize): TallScroll {
  const isFar = Math.abs(top - from.top) > size.viewPx;
  return { top, drift: isFar ? driftAt(top, size) : Math.min(from.drift, maxDrift(size)) };
}

/** The same place in the list, with the scroll bar where it stands for that. */
export function settled({ top, drift }: TallScroll, size: TallSize): TallScroll {
  return scrollFor(top + drift, size);
}

/** How to be scrolled so that this place in the list is the first that is seen. */
export function scrollFor(listTop: number, size: TallSize): TallScroll {
  const wanted = Math.max(0, Math.min(listTop, size.listPx - size.viewPx));
  const range = elementPx(size) - size.viewPx;
  const listRange = size.listPx - size.viewPx;
  const top = listRange <= 0 ? 0 : Math.round((wanted / listRange) * range);
  return { top, drift: Math.max(0, Math.min(wanted - top, maxDrift(size))) };
}

/** Whether the element is at an end that is not one of the list: it has to be settled for more to come. */
export function isStuck({ top, drift }: TallScroll, size: TallSize): boolean {
  const isAtEnd = top >= elementPx(size) - size.viewPx - 1;
  return (top <= 0 && drift > 0) || (isAtEnd && drift < maxDrift(size));
}

function driftAt(top: number, size: TallSize): number {
  const range = elementPx(size) - size.viewPx;
  return range <= 0 ? 0 : Math.round((Math.min(top, range) / range) * maxDrift(size));
}

function maxDrift(size: TallSize): number {
  return size.listPx - elementPx(size);
}
