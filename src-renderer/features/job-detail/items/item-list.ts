/** The items of one batch that have been read so far, page by page, and kept up to date where they are seen. */
import type { ItemPage } from '#shared/contract/items.ts';
import type { ItemStatusCounts } from '#shared/job/items.ts';
import { errorSentence } from '../../../db/database-problem.ts';
import { type ItemRow, itemRow } from './item-row.ts';

/** Records carry beginnings of outputs: a page of more of them would be a large message. */
export const ITEM_PAGE = 100;

export type ReadItems = (after: number | null, limit: number) => Promise<ItemPage>;

export interface ItemListSnapshot {
  rows: readonly ItemRow[];
  counts: ItemStatusCounts | null;
  /** Whether there is nothing after the last row. */
  isWhole: boolean;
  error: string | null;
}

export class ItemList {
  readonly #read: ReadItems;
  readonly #listeners = new Set<() => void>();
  #snapshot: ItemListSnapshot = { rows: [], counts: null, isWhole: false, error: null };
  #work: Promise<void> | null = null;
  #next: (() => Promise<void>) | null = null;

  constructor(read: ReadItems) {
    this.#read = read;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getSnapshot = (): ItemListSnapshot => this.#snapshot;

  /** Reads on after the last row. */
  loadMore(): Promise<void> {
    return this.#alone(() => this.#readAfter(this.#snapshot.rows.length, ITEM_PAGE));
  }

  /** Reads rows again that are on the screen, and on where they are the last; their places count from 0. */
  refresh(first: number, last: number): Promise<void> {
    return this.#alone(() => {
      const { length } = this.#snapshot.rows;
      const start = Math.max(0, Math.min(first, length));
      const limit = last >= length - 1 ? ITEM_PAGE : last - start + 1;
      return this.#readAfter(start, Math.min(ITEM_PAGE, Math.max(1, limit)));
    });
  }

  /** Puts what is read now in the place of what was there between the row before `place` and the end of the page. */
  async #readAfter(place: number, limit: number): Promise<void> {
    const { rows } = this.#snapshot;
    const after = rows[place - 1]?.index ?? null;
    const page = await this.#read(after, limit);
    const end = page.next === null ? Number.POSITIVE_INFINITY : (page.items.at(-1)?.index ?? after ?? -1);
    const later = rows.slice(place).filter(({ index }) => index > end);
    this.#change({
      rows: [...rows.slice(0, place), ...page.items.map(itemRow), ...later],
      counts: page.counts,
      isWhole: page.next === null || (this.#snapshot.isWhole && later.length > 0),
      error: null,
    });
  }

  /** One read at a time. Of what is asked for meanwhile the newest follows. */
  #alone(action: () => Promise<void>): Promise<void> {
    this.#next = action;
    this.#work ??= this.#workOff().finally(() => {
      this.#work = null;
    });
    return this.#work;
  }

  async #workOff(): Promise<void> {
    for (let action = this.#taken(); action !== null; action = this.#taken()) {
      try {
        await action();
      } catch (error) {
        this.#change({ error: errorSentence(error) });
      }
    }
  }

  #taken(): (() => Promise<void>) | null {
    const action = this.#next;
    this.#next = null;
    return action;
  }

  #change(change: Partial<ItemListSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}
