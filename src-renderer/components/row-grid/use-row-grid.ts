import { type RefObject, useEffect, useRef } from 'react';
import { useSteadyRows } from '../tall-list/use-steady-rows.ts';
import { type TallList, useTallList } from '../tall-list/use-tall-list.ts';
import { useKeptFocus } from '../use-kept-focus.ts';

export interface RowGridState {
  /** What is around the grid: where the focus of something in it is lost, the grid has it. */
  pane: RefObject<HTMLDivElement | null>;
  grid: RefObject<HTMLDivElement | null>;
  scroller: RefObject<HTMLDivElement | null>;
  list: TallList;
}

const NONE_OPEN: ReadonlyMap<number, number> = new Map();

/**
 * The state of a `RowGrid`: which rows are seen, and that they stay where they are while others come and go.
 * @param pages told which rows are seen
 * @param order the keys of the rows as they stand
 * @param lineHeight of every row, pixels
 */
export function useRowGrid(
  pages: { setSight(first: number, last: number): void },
  order: readonly string[],
  lineHeight: number,
): RowGridState {
  const pane = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  useKeptFocus(pane, grid);
  const list = useTallList(scroller, { count: order.length, lineHeight, extras: NONE_OPEN });
  const { first, last } = list;
  useEffect(() => pages.setSight(first, Math.max(first, last)), [pages, first, last]);
  useSteadyRows(list, order, lineHeight);
  return { pane, grid, scroller, list };
}
