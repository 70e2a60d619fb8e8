/**
 * Which ids there are, in 8 to 16 bytes each: of a million a set of strings takes over 100 MB, and an index of SQLite half a
 * minute, as ids are random. It keeps 52 bits of a digest: once in several thousand histories of a million jobs it takes
 * an id for one that it has.
 */
import { hash } from 'node:crypto';

export interface IdSet {
  add(id: string): void;
  has(id: string): boolean;
}

const FIRST_SLOTS = 1024;

export function createIdSet(): IdSet {
  // Open addressing, at most half full: 0 is a free slot.
  let slots = new Float64Array(FIRST_SLOTS);
  let count = 0;

  /** Where a mark is, or the free slot where it belongs. */
  function slotOf(mark: number): number {
    let at = mark % slots.length;
    while (slots[at] !== 0 && slots[at] !== mark) at = (at + 1) % slots.length;
    return at;
  }

  function grow(): void {
    const old = slots;
    slots = new Float64Array(old.length * 2);
    for (const mark of old) if (mark !== 0) slots[slotOf(mark)] = mark;
  }

  return {
    add(id) {
      const mark = markOf(id);
      const at = slotOf(mark);
      if (slots[at] === mark) return;
      slots[at] = mark;
      count += 1;
      if (count * 2 > slots.length) grow();
    },
    has(id) {
      return slots[slotOf(markOf(id))] !== 0;
    },
  };
}

/** From 1 to 2^52. */
function markOf(id: string): number {
  const digest = hash('sha1', id, 'buffer');
  return digest.readUIntBE(0, 6) * 16 + (digest.readUInt8(6) >> 4) + 1;
}
