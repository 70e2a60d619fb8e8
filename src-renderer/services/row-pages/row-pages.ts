/** The pages of one view, read as one scrolls and kept up to date where one looks. */
import { liveQuery, type Subscription } from 'dexie';
import {
  type Chain,
  firstPage,
  isSame,
  pagesInSight,
  type RowOrder,
  rowsOf,
  slimmed,
  withMore,
  withPage,
} from './page-chain.ts';

const PAGE_SIZE = 100;
/** How often in a row a page is read anew that could not be read: a change in the middle of a search is one reason. */
const MAX_TRIES = 3;

export interface RowPagesSnapshot<Row> {
  rows: readonly Row[];
  /** False until the first page was read. */
  isRead: boolean;
  /** Whether there is nothing more to scroll to. */
  isWhole: boolean;
  error: unknown;
}

/** Reads a page that begins below a cursor, or at the top. */
export type ReadPage<Row, Cursor> = (place: {
  before: Cursor | null;
  limit: number;
}) => Promise<{ rows: Row[]; next: Cursor | null }>;

export class RowPages<Row, Cursor> {
  readonly #read: ReadPage<Row, Cursor>;
  readonly #order: RowOrder<Row, Cursor>;
  readonly #listeners = new Set<() => void>();
  #watched: { start: Cursor | null; subscription: Subscription }[] = [];
  #pages: Chain<Row, Cursor> = [firstPage()];
  #sight = { first: 0, last: 0 };
  #failures = 0;
  #snapshot: RowPagesSnapshot<Row> = { rows: [], isRead: false, isWhole: false, error: null };

  constructor(read: ReadPage<Row, Cursor>, order: RowOrder<Row, Cursor>) {
    this.#read = read;
    this.#order = order;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#watch();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      for (const { subscription } of this.#watched) subscription.unsubscribe();
      this.#watched = [];
    };
  };

  getSnapshot = (): RowPagesSnapshot<Row> => this.#snapshot;

  /** Says which rows are on the screen: their pages are watched, and the next one is read near the end. */
  setSight(first: number, last: number): void {
    this.#sight = { first, last };
    if (last >= this.#snapshot.rows.length - PAGE_SIZE / 2) this.#pages = withMore(this.#pages);
    if (this.#listeners.size > 0) this.#watch();
  }

  #watch(): void {
    const wanted = pagesInSight(this.#pages, this.#sight.first, this.#sight.last, this.#order);
    const isAt = (start: Cursor | null) => (each: { start: Cursor | null }) =>
      isSame(each.start, start, this.#order);
    this.#watched = this.#watched.filter(({ start, subscription }) => {
      if (wanted.some(isAt(start))) return true;
      subscription.unsubscribe();
      return false;
    });
    for (const { start } of wanted) {
      if (this.#watched.some(isAt(start))) continue;
      const subscription = liveQuery(() => this.#read({ before: start, limit: PAGE_SIZE })).subscribe({
        next: (read) => {
          this.#failures = 0;
          this.#take(withPage(this.#pages, start, read, this.#order));
        },
        error: (error: unknown) => this.#fail(start, error),
      });
      this.#watched.push({ start, subscription });
    }
  }

  /** An error ends what watches a page: it is watched anew, at once or, where that fails too, as one scrolls on. */
  #fail(start: Cursor | null, error: unknown): void {
    this.#watched = this.#watched.filter((each) => !isSame(each.start, start, this.#order));
    this.#failures += 1;
    if (this.#failures < MAX_TRIES) this.#watch();
    else this.#tell({ ...this.#snapshot, error });
  }

  #take(pages: Chain<Row, Cursor>): void {
    const { slim = (row: Row) => row } = this.#order;
    const isWatched = (page: { start: Cursor | null }) =>
      this.#watched.some(({ start }) => isSame(start, page.start, this.#order));
    this.#pages = slimmed(pages, isWatched, slim);
    this.#tell({
      rows: rowsOf(this.#pages, this.#order),
      isRead: this.#snapshot.isRead || this.#pages[0]?.next !== undefined,
      isWhole: this.#pages.at(-1)?.next === null,
      error: null,
    });
    // A page may come back with few rows or none: what is on the screen may need the one after it.
    this.setSight(this.#sight.first, this.#sight.last);
  }

  #tell(snapshot: RowPagesSnapshot<Row>): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
