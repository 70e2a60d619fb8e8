/** The pages of one view, read from the history as one scrolls and kept up to date where one looks. */
import { liveQuery, type Subscription } from 'dexie';
import type { JobdeckDatabase } from '../../db/database.ts';
import type { JobRow } from '../../db/job-row.ts';
import { type Cursor, type JobView, jobsPage } from '../../db/queries.ts';
import {
  FIRST_PAGE,
  isSameCursor,
  type Page,
  pagesInSight,
  rowsOf,
  withMore,
  withPage,
} from './page-chain.ts';

const PAGE_SIZE = 100;

export interface JobPagesSnapshot {
  rows: readonly JobRow[];
  /** False until the first page was read. */
  isRead: boolean;
  /** Whether there is nothing more to scroll to. */
  isWhole: boolean;
  error: unknown;
}

export class JobPages {
  readonly #db: JobdeckDatabase;
  readonly #view: JobView;
  readonly #listeners = new Set<() => void>();
  readonly #watched = new Map<string, { start: Cursor | null; subscription: Subscription }>();
  #pages: readonly Page[] = [FIRST_PAGE];
  #sight = { first: 0, last: 0 };
  #snapshot: JobPagesSnapshot = { rows: [], isRead: false, isWhole: false, error: null };

  constructor(db: JobdeckDatabase, view: JobView) {
    this.#db = db;
    this.#view = view;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#watch();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#unwatchAll();
    };
  };

  getSnapshot = (): JobPagesSnapshot => this.#snapshot;

  /** Says which rows are on the screen: their pages are watched, and the next one is read near the end. */
  setSight(first: number, last: number): void {
    this.#sight = { first, last };
    if (last >= this.#snapshot.rows.length - PAGE_SIZE / 2) this.#pages = withMore(this.#pages);
    if (this.#listeners.size > 0) this.#watch();
  }

  #watch(): void {
    const wanted = pagesInSight(this.#pages, this.#sight.first, this.#sight.last);
    for (const [key, { start, subscription }] of this.#watched) {
      if (wanted.some((page) => isSameCursor(page.start, start))) continue;
      subscription.unsubscribe();
      this.#watched.delete(key);
    }
    for (const { start } of wanted) {
      const key = start === null ? 'first' : `${start.createdAtMs}/${start.key}`;
      if (this.#watched.has(key)) continue;
      const subscription = liveQuery(() =>
        jobsPage(this.#db, this.#view, { before: start, limit: PAGE_SIZE }),
      ).subscribe({
        next: (read) => this.#take(withPage(this.#pages, start, read), null),
        error: (error: unknown) => this.#take(this.#pages, error),
      });
      this.#watched.set(key, { start, subscription });
    }
  }

  #take(pages: readonly Page[], error: unknown): void {
    this.#pages = pages;
    const rows = rowsOf(pages);
    this.#snapshot = {
      rows,
      isRead: this.#snapshot.isRead || pages[0]?.next !== undefined,
      isWhole: pages.at(-1)?.next === null,
      error,
    };
    for (const listener of this.#listeners) listener();
    // A page may come back with few rows or none: what is on the screen may need the one after it.
    this.setSight(this.#sight.first, this.#sight.last);
  }

  #unwatchAll(): void {
    for (const { subscription } of this.#watched.values()) subscription.unsubscribe();
    this.#watched.clear();
  }
}
