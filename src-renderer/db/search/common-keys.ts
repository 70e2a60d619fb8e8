/** What lists of keys have in common, a window of time at a time. */
import type { JobdeckDatabase } from '../database.ts';
import type { Direction } from '../order.ts';
import type { Place } from '../search-words.ts';
import type { KeyList } from './key-lists.ts';

export interface Window {
  /** Of the rows that are in all lists, in no order, and perhaps of some that are not. */
  keys: number[];
  /** The place up to which the window reaches; null at the end. */
  upTo: Place | null;
  /** How many keys of the rarest list it spans. */
  size: number;
}

const FIRST_LOOK = 128;
const WIDE_WINDOW = 2048;
/** So few rows are looked at themselves. */
const FEW_KEYS = 64;
/** Of the other lists, at the most so many keys for one of the rarest: more cost more than the rows themselves. */
const WORTH = 8;

/** The list that reaches the furthest with so many keys first, as it has the fewest; the others as they come. */
export async function rarestFirst(
  db: JobdeckDatabase,
  lists: readonly KeyList[],
  direction: Direction,
  after: Place | null,
  size: number,
): Promise<KeyList[]> {
  if (lists.length < 2) return [...lists];
  const reaches = await Promise.all(lists.map((list) => reachOf(db, list, direction, after, size)));
  return lists
    .map((list, index) => ({ list, upTo: reaches[index]?.upTo ?? null }))
    .sort((one, other) => {
      if (one.upTo === null || other.upTo === null) {
        return Number(other.upTo === null) - Number(one.upTo === null);
      }
      return -compareIn(direction, one.upTo, other.upTo);
    })
    .map(({ list }) => list);
}

/**
 * The next window.
 * @param lists the rarest first
 * @param size how many keys of the rarest list it spans, or of each of its ranges
 */
export async function nextWindow(
  db: JobdeckDatabase,
  [rarest = [], ...others]: readonly KeyList[],
  direction: Direction,
  after: Place | null,
  size: number,
): Promise<Window> {
  const { upTo, keys: read } = await reachOf(db, rarest, direction, after, size);
  // Ranges reach differently far: what is beyond the window is left to the next one.
  const isExact = upTo === null || rarest.length === 1;
  let keys = new Set(isExact ? read : (await keysOf(rarest, after, upTo, size)).flat());
  const spanned = keys.size;
  for (const list of others) {
    if (keys.size <= FEW_KEYS) break;
    const most = keys.size * WORTH;
    const found = await keysOf(list, after, upTo, most);
    if (found.every((part) => part.length < most))
      keys = new Set(found.flat().filter((key) => keys.has(key)));
  }
  return { keys: [...keys], upTo, size: spanned };
}

/** All keys that lists have in common; null where they are more than `most`, or `isLate` before all are read. */
export async function allCommonKeys(
  db: JobdeckDatabase,
  lists: readonly KeyList[],
  most: number,
  isLate: () => boolean,
): Promise<number[] | null> {
  const ordered = await rarestFirst(db, lists, 'asc', null, FIRST_LOOK);
  const keys: number[] = [];
  for (let after: Place | null = null; ; ) {
    const window: Window = await nextWindow(db, ordered, 'asc', after, WIDE_WINDOW);
    keys.push(...window.keys);
    if (keys.length > most) return null;
    if (window.upTo === null) return keys;
    if (isLate()) return null;
    after = window.upTo;
  }
}

/** How far so many keys of each range of a list reach: all of it is known up to there. */
async function reachOf(
  db: JobdeckDatabase,
  list: KeyList,
  direction: Direction,
  after: Place | null,
  size: number,
): Promise<{ upTo: Place | null; keys: number[] }> {
  const parts = await keysOf(list, after, null, size);
  const ends = parts.flatMap((keys) => (keys.length === size ? (keys.at(-1) ?? []) : []));
  const places = (await db.jobs.bulkGet(ends)).flatMap((row) => row ?? []);
  const [first] = places.sort((one, other) => compareIn(direction, one, other));
  const upTo = first === undefined ? null : { createdAtMs: first.createdAtMs, key: first.key };
  return { upTo, keys: parts.flat() };
}

function keysOf(list: KeyList, after: Place | null, upTo: Place | null, limit: number): Promise<number[][]> {
  return Promise.all(list.map((range) => range(after, upTo).limit(limit).primaryKeys()));
}

function compareIn(direction: Direction, one: Place, other: Place): number {
  const up = one.createdAtMs - other.createdAtMs || one.key - other.key;
  return direction === 'asc' ? up : -up;
}
