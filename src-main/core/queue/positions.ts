/** Places in a queue: numbers with room between them, so that a job can be put between two others. Pure. */

export interface Placed {
  position: number;
}

export interface NewPlaces<T> {
  /** Of the one that is moved. */
  position: number;
  /** Those that had to make room, with their new positions. */
  shifted: { entry: T; position: number }[];
}

/** How many neighbours on each side make room at first. */
const MIN_NEIGHBOURS = 16;
/** Of a number's size: what is left of its digits is enough for a few thousand more moves. */
const LEAST_STEP = 2 ** -40;

/**
 * Finds room before the `index`th of `others`.
 * @param others in the order of their positions, without the one that is moved
 * @param end above every position, also of those that come later
 */
export function placeAt<T extends Placed>(others: readonly T[], index: number, end: number): NewPlaces<T> {
  const before = others[index - 1]?.position ?? belowAll(others, 2);
  const after = others[index]?.position ?? end;
  const middle = before + (after - before) / 2;
  if (middle > before && middle < after) return { position: middle, shifted: [] };
  return spreadAround(others, index, end);
}

/** Spreads the neighbours evenly, more of them where they are crowded too. */
function spreadAround<T extends Placed>(others: readonly T[], index: number, end: number): NewPlaces<T> {
  for (let neighbours = MIN_NEIGHBOURS; ; neighbours *= 2) {
    const first = Math.max(0, index - neighbours);
    const last = Math.min(others.length, index + neighbours);
    const count = last - first + 1;
    const low = others[first - 1]?.position ?? belowAll(others, count);
    const high = others[last]?.position ?? end;
    const step = (high - low) / (count + 1);
    const isAll = first === 0 && last === others.length;
    if (!isAll && step < Math.max(Math.abs(low), Math.abs(high), 1) * LEAST_STEP) continue;
    const positions = Array.from({ length: count }, (_, place) => low + step * (place + 1));
    const shifted = others.slice(first, last).map((entry, place) => ({
      entry,
      position: positions[first + place < index ? place : place + 1] ?? high,
    }));
    return { position: positions[index - first] ?? high, shifted };
  }
}

function belowAll(others: readonly Placed[], room: number): number {
  return (others[0]?.position ?? room) - room;
}
