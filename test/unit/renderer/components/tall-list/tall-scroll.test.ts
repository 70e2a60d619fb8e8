import { describe, expect, it } from 'vitest';
import {
  type Lines,
  lineAt,
  offsetOf,
} from '../../../../../src-renderer/components/tall-list/line-offsets.ts';
import {
  AT_THE_TOP,
  elementPx,
  isStuck,
  MAX_ELEMENT_PX,
  scrolledTo,
  scrollFor,
  settled,
  type TallScroll,
} from '../../../../../src-renderer/components/tall-list/tall-scroll.ts';

const SIZE = { listPx: 52_000_000, viewPx: 600 };
const placeOf = ({ top, drift }: TallScroll) => top + drift;

describe('scrolling through more than an element can be high', () => {
  it('keeps the element below what Chromium draws', () => {
    expect(elementPx(SIZE)).toBe(MAX_ELEMENT_PX);
    expect(MAX_ELEMENT_PX).toBeLessThan(33_554_428);
  });

  it('goes a short way one to one, wherever it is', () => {
    for (const place of [0, 1000, 26_000_000, 51_000_000]) {
      const from = scrollFor(place, SIZE);
      expect(placeOf(scrolledTo(from, from.top + 104, SIZE)) - placeOf(from)).toBe(104);
    }
  });

  it('reaches both ends of the list at both ends of the scroll bar', () => {
    const bottom = elementPx(SIZE) - SIZE.viewPx;
    const end = scrolledTo(AT_THE_TOP, bottom, SIZE);
    expect(placeOf(end)).toBe(SIZE.listPx - SIZE.viewPx);
    expect(scrolledTo(end, 0, SIZE)).toEqual(AT_THE_TOP);
  });

  it('reaches every line, and stays there when it settles', () => {
    for (let place = 0; place <= SIZE.listPx - SIZE.viewPx; place += 1_234_567) {
      const there = scrollFor(place, SIZE);
      expect(placeOf(there)).toBe(place);
      expect(placeOf(settled(there, SIZE))).toBe(place);
    }
  });

  it('can be scrolled on by small steps from one end to the other', () => {
    const size = { listPx: MAX_ELEMENT_PX + 20_000, viewPx: 600 };
    let scroll = scrollFor(30_000, size);
    for (let step = 0; step < 400 && placeOf(scroll) > 0; step += 1) {
      scroll = scrolledTo(scroll, Math.max(0, scroll.top - 100), size);
      if (isStuck(scroll, size)) scroll = settled(scroll, size);
    }
    expect(scroll).toEqual(AT_THE_TOP);
  });

  it('is plain scrolling where the list is not too high', () => {
    const size = { listPx: 5000, viewPx: 600 };
    expect(scrolledTo(AT_THE_TOP, 4400, size)).toEqual({ top: 4400, drift: 0 });
    expect(scrollFor(9999, size)).toEqual({ top: 4400, drift: 0 });
    expect(isStuck({ top: 4400, drift: 0 }, size)).toBe(false);
    expect(scrollFor(100, { listPx: 300, viewPx: 600 })).toEqual(AT_THE_TOP);
  });
});

describe('the places of lines', () => {
  const lines: Lines = {
    count: 1000,
    lineHeight: 50,
    extras: new Map([
      [10, 300],
      [2, 100],
    ]),
  };

  it('count the open lines above', () => {
    expect([0, 2, 3, 10, 11].map((index) => offsetOf(lines, index))).toEqual([0, 100, 250, 600, 950]);
    expect(offsetOf(lines, lines.count)).toBe(1000 * 50 + 400);
  });

  it('are found again by their height, at every pixel', () => {
    for (let offset = 0; offset < 2000; offset += 1) {
      const index = lineAt(lines, offset);
      expect(offsetOf(lines, index)).toBeLessThanOrEqual(offset);
      expect(offsetOf(lines, index + 1)).toBeGreaterThan(offset);
    }
    expect(lineAt(lines, 10 ** 9)).toBe(999);
    expect(lineAt(lines, -5)).toBe(0);
  });
});
