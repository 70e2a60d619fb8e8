/** A range on the column that a list is sorted by: the list is read from its one end to its other. Pure. */
import { type Cursor, comparePlaces, type Sort } from '../order.ts';
import { LAST_KEY } from '../search-words.ts';
import type { Search } from './parse-search.ts';

export interface Clamp {
  /** Where to begin, for what would begin after `after`. */
  start(after: Cursor | null): Cursor | null;
  /** True for a place behind which there is nothing more. */
  isBeyond(place: Cursor): boolean;
}

/** @param endsAfterMaking whether no job ended before it was made: then a time of the end bounds that of the making */
export function clampOf({ conditions }: Search, sort: Sort, endsAfterMaking: boolean): Clamp {
  let from = -Infinity;
  let to = Infinity;
  let isClamped = false;
  for (const source of conditions.flatMap((condition) => condition.sources)) {
    if (!('from' in source)) continue;
    const isOfTheEnd = source.by === 'ended' && sort.column === 'created' && endsAfterMaking;
    if (source.by !== sort.column && !isOfTheEnd) continue;
    if (source.by === sort.column) from = Math.max(from, source.from);
    to = Math.min(to, source.to);
    isClamped = true;
  }
  if (!isClamped) return { start: (after) => after, isBeyond: () => false };
  const [first, last] = sort.direction === 'asc' ? [from, to] : [to, from];
  const isOpen = !Number.isFinite(first);
  const begin: Cursor = { stage: 0, value: first, key: sort.direction === 'asc' ? 0 : LAST_KEY };
  return {
    start: (after) => (isOpen || (after !== null && comparePlaces(sort, begin, after) < 0) ? after : begin),
    isBeyond: ({ stage, value }) =>
      stage > 0 || (sort.direction === 'asc' ? Number(value) > last : Number(value) < last),
  };
}
