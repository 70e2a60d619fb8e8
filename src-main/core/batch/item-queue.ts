/**
 * Which item is next: one whose wait for another attempt is over, or the next that was not handed out yet. Of a
 * hundred thousand items a page is in memory, and of those that wait their number alone.
 */
import TinyQueue from 'tinyqueue';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { ItemStore } from '../ports.ts';

export interface ItemQueue {
  /** Takes an item, or gives null where none is due. */
  take(nowMs: number): ItemRecord | null;
  /** True where there is nothing left, now or later. */
  isEmpty(): boolean;
  /** Milliseconds at which the next wait is over; null where none waits. */
  nextDueMs(): number | null;
  /** The item waits for another attempt. */
  again(index: number, dueMs: number): void;
}

const PAGE_LENGTH = 64;

interface Waiting {
  index: number;
  dueMs: number;
}

/** All that is `pending` in the store now, and what is added. Its methods throw what the store throws. */
export function createItemQueue(store: ItemStore, jobId: JobId): ItemQueue {
  const waiting = new TinyQueue<Waiting>([], (one, other) => one.dueMs - other.dueMs);
  let page: ItemRecord[] = [];
  let taken = 0;
  /** The last index that was read. What comes after it was never handed out by this process. */
  let cursor: number | null = null;
  let isRead = false;

  function fill(): void {
    if (taken < page.length || isRead) return;
    page = store.page(jobId, 'pending', cursor, PAGE_LENGTH);
    taken = 0;
    cursor = page.at(-1)?.index ?? cursor;
    isRead = page.length === 0;
  }

  function takeDue(nowMs: number): ItemRecord | null {
    for (;;) {
      const next = waiting.peek();
      if (next === undefined || next.dueMs > nowMs) return null;
      const item = store.find(jobId, next.index);
      waiting.pop();
      if (item !== undefined) return item;
    }
  }

  return {
    take(nowMs) {
      const due = takeDue(nowMs);
      if (due !== null) return due;
      fill();
      const item = page[taken] ?? null;
      taken += 1;
      return item;
    },
    isEmpty() {
      fill();
      return waiting.length === 0 && taken >= page.length;
    },
    nextDueMs: () => waiting.peek()?.dueMs ?? null,
    again: (index, dueMs) => waiting.push({ index, dueMs }),
  };
}
