/** The lines of one list of an import that are near the screen. Pages far from it are let go: memory stays flat. */

import { errorSentence } from '../../db/database-problem.ts';
import { LIST_PAGE } from '../../sync/imports/import-tally.ts';
import type { ImportLine } from './import-line.ts';

/** Reads a page of the list, from its start; it may be short while the import is still read. */
export type ReadLines = (page: number) => Promise<readonly ImportLine[]>;

/** Several screens' worth. */
const MAX_PAGES = 12;

export class ImportLines {
  readonly #read: ReadLines;
  readonly #listeners = new Set<() => void>();
  /** In the order of their last use. */
  readonly #pages = new Map<number, readonly ImportLine[]>();
  readonly #reading = new Set<number>();
  /** Pages that are shown and could not be read, with the reason. */
  readonly #failed = new Map<number, string>();
  #shown = { first: 0, last: 0, count: 0 };
  #version = 0;

  constructor(read: ReadLines) {
    this.#read = read;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Another number whenever a line may be another. */
  getVersion = (): number => this.#version;

  /** The line at a place of the list; undefined while it is not read. */
  at(index: number): ImportLine | undefined {
    return this.#pages.get(Math.floor(index / LIST_PAGE))?.[index % LIST_PAGE];
  }

  /** Why a page near the screen could not be read; null where all could. */
  get problem(): string | null {
    return this.#failed.values().next().value ?? null;
  }

  /** Reads what is missing of these lines, of `count` that there are. */
  async show(first: number, last: number, count: number): Promise<void> {
    this.#shown = { first, last, count };
    for (const page of this.#failed.keys()) if (!this.#isShown(page)) this.#failed.delete(page);
    await this.again();
  }

  /** Reads what is still missing of the lines that are shown. */
  async again(): Promise<void> {
    const { first, last, count } = this.#shown;
    const wanted = [];
    for (let page = Math.floor(first / LIST_PAGE); page * LIST_PAGE <= Math.min(last, count - 1); page += 1) {
      const lines = this.#pages.get(page);
      if (lines !== undefined) {
        this.#pages.delete(page);
        this.#pages.set(page, lines);
      }
      if (this.#isShort(page) && !this.#reading.has(page)) wanted.push(page);
    }
    await Promise.all(wanted.map((page) => this.#readPage(page)));
  }

  async #readPage(page: number): Promise<void> {
    const { count } = this.#shown;
    this.#reading.add(page);
    try {
      const lines = await this.#read(page);
      this.#pages.delete(page);
      this.#pages.set(page, lines);
      for (const old of this.#pages.keys()) {
        if (this.#pages.size <= MAX_PAGES) break;
        this.#pages.delete(old);
      }
      this.#failed.delete(page);
    } catch (error) {
      this.#failed.set(page, errorSentence(error));
    } finally {
      this.#reading.delete(page);
    }
    this.#version += 1;
    for (const listener of this.#listeners) listener();
    // There is more of it than there was when it was asked for, and nobody asks once more.
    if (this.#shown.count > count && this.#isShown(page) && this.#isShort(page)) await this.#readPage(page);
  }

  #isShown(page: number): boolean {
    const { first, last } = this.#shown;
    return page >= Math.floor(first / LIST_PAGE) && page * LIST_PAGE <= last;
  }

  #isShort(page: number): boolean {
    const whole = Math.min(LIST_PAGE, this.#shown.count - page * LIST_PAGE);
    return (this.#pages.get(page)?.length ?? 0) < whole;
  }
}
