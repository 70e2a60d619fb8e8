/** How large records are, roughly and quickly, so that a page or a message of them is never too large. */

/** What a value takes beside its text, characters. */
const EACH = 8;
/** About so many characters are read at once, and sent in one message; one record may be more. */
const PAGE_WEIGHT = 2 * 1024 * 1024;
/** The size of records is not known before the first were read. */
const FIRST_ROWS = 32;
/** Larger rows may come after smaller ones, so a page grows by steps. */
const GROWTH = 4;

/** About how many characters of JSON a value is. */
export function weightOf(value: unknown): number {
  const left: unknown[] = [value];
  let weight = 0;
  while (left.length > 0) {
    const next = left.pop();
    weight += EACH;
    if (typeof next === 'string') weight += next.length;
    else if (Array.isArray(next)) for (const each of next) left.push(each);
    else if (typeof next === 'object' && next !== null) {
      for (const [key, each] of Object.entries(next)) {
        weight += key.length;
        left.push(each);
      }
    }
  }
  return weight;
}

/** How many rows to read at once, by what the last ones weighed. */
export class PageSize {
  readonly #most: number;
  #rows: number;

  /** @param most rows are never read at once */
  constructor(most: number) {
    this.#most = most;
    this.#rows = Math.min(FIRST_ROWS, most);
  }

  get rows(): number {
    return this.#rows;
  }

  /** What was read last; of none that were weighed nothing is learnt. */
  weighed(count: number, weight: number): void {
    if (count === 0) return;
    const fitting = Math.max(1, Math.round(PAGE_WEIGHT / Math.max(1, weight / count)));
    this.#rows = Math.min(this.#rows * GROWTH, this.#most, fitting);
  }
}

/** Records in messages, each as full as it may be, and what each weighs. */
export function* inMessages<T>(records: readonly T[]): Generator<{ page: T[]; pageWeight: number }> {
  let page: T[] = [];
  let pageWeight = 0;
  for (const record of records) {
    const weight = weightOf(record);
    if (page.length > 0 && pageWeight + weight > PAGE_WEIGHT) {
      yield { page, pageWeight };
      page = [];
      pageWeight = 0;
    }
    page.push(record);
    pageWeight += weight;
  }
  if (page.length > 0) yield { page, pageWeight };
}
