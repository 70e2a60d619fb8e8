/**
 * Lists of places: where the rows of a term are in the order of their making. What several lists have in common is
 * found by leaping from one to the other, so that the rows themselves are read only where all agree.
 */
import type { JobdeckDatabase } from '../database.ts';
import { JOB_BUCKETS } from '../job-row.ts';
import { merged, type Reader } from '../merged.ts';
import { createdRanges, type Direction, type IndexRange, type JobFilter } from '../order.ts';
import { rangeAfter } from '../read-order.ts';
import { entryBounds, type Place, placeOf, wordOf } from '../search-words.ts';
import type { Source } from './reading.ts';

/** A beginning of more words than this is not looked up word by word: rows that have one are met soon. */
const MAX_WORDS = 24;

export function comparePlaces(one: Place, other: Place): number {
  return one.createdAtMs - other.createdAtMs || one.key - other.key;
}

/** The places of a source, read in one direction; null where the index does not have them in this order. */
export async function placesOf(
  db: JobdeckDatabase,
  filter: JobFilter,
  source: Source,
  direction: Direction,
): Promise<Reader<Place> | null> {
  switch (source.by) {
    case 'words':
      return wordPlaces(db, source.words, direction);
    case 'prefix': {
      const words = await wordsFrom(db, source.prefix);
      return words === null ? null : wordPlaces(db, words, direction);
    }
    case 'status':
      return rangePlaces(
        db,
        inBuckets(filter, '[bucket+status+createdAtMs+key]', source.statuses),
        direction,
      );
    case 'kind':
      return rangePlaces(db, inBuckets(filter, '[bucket+kindKey+createdAtMs+key]', source.kinds), direction);
    default:
      return null;
  }
}

/** The places of all rows of a list. */
export function placesIn(db: JobdeckDatabase, filter: JobFilter, direction: Direction): Reader<Place> {
  return rangePlaces(db, createdRanges(filter), direction);
}

export function inBuckets(filter: JobFilter, index: string, values: readonly string[]): IndexRange[] {
  const buckets = filter === 'all' ? JOB_BUCKETS.filter((bucket) => bucket !== 'trash') : [filter];
  return buckets.flatMap((bucket) => values.map((value) => ({ index, list: [bucket, value] })));
}

/** The words of the index that begin so; null where there are many. */
async function wordsFrom(db: JobdeckDatabase, prefix: string): Promise<string[] | null> {
  const words: string[] = [];
  for (let from = prefix; ; ) {
    const [entry] = await db.jobs.where('words').between(from, `${prefix}\uffff`).limit(1).keys();
    if (entry === undefined) return words;
    const word = wordOf(String(entry));
    if (words.length === MAX_WORDS) return null;
    words.push(word);
    from = entryBounds.last(word);
  }
}

function wordPlaces(db: JobdeckDatabase, words: readonly string[], direction: Direction): Reader<Place> {
  return together(
    words.map((word) => async (last, count) => {
      const place = last === null ? null : entryBounds.at(word, last);
      const { first, last: end } = { first: entryBounds.first(word), last: entryBounds.last(word) };
      const range =
        direction === 'asc'
          ? db.jobs.where('words').between(place ?? first, end, false, false)
          : db.jobs
              .where('words')
              .between(first, place ?? end, false, false)
              .reverse();
      return (await range.limit(count).keys()).map((entry) => placeOf(String(entry)));
    }),
    direction,
  );
}

function rangePlaces(
  db: JobdeckDatabase,
  ranges: readonly IndexRange[],
  direction: Direction,
): Reader<Place> {
  return together(
    ranges.map((range) => async (last, count) => {
      const after = last === null ? null : { stage: 0, value: last.createdAtMs, key: last.key };
      const keys = await rangeAfter(db, range, { direction, skipsBlank: false }, after).limit(count).keys();
      return keys.map((parts): Place => {
        const [createdAtMs, key] = (parts as unknown as number[]).slice(-2);
        return { createdAtMs: createdAtMs ?? 0, key: key ?? 0 };
      });
    }),
    direction,
  );
}

function together(readers: readonly Reader<Place>[], direction: Direction): Reader<Place> {
  const compare = inDirection(direction);
  return (last, count) =>
    merged(
      readers.map((read) => (own, more) => read(own ?? last, more)),
      compare,
      count,
    );
}

function inDirection(direction: Direction): typeof comparePlaces {
  return direction === 'asc' ? comparePlaces : (one, other) => comparePlaces(other, one);
}

const FIRST_READ = 64;
const MAX_READ = 1024;

/** One list, walked from place to place. */
class Walker {
  readonly #read: Reader<Place>;
  readonly #compare: typeof comparePlaces;
  readonly #step: 1 | -1;
  #buffer: Place[] = [];
  #at = 0;
  #size = FIRST_READ;
  #isAtEnd = false;
  /** How many entries were read. */
  cost = 0;

  constructor(read: Reader<Place>, direction: Direction) {
    this.#read = read;
    this.#compare = inDirection(direction);
    this.#step = direction === 'asc' ? 1 : -1;
  }

  /** The first place of the list at `target` or after it; undefined where more has to be read to know. */
  seek(target: Place): Place | null | undefined {
    for (; this.#at < this.#buffer.length; this.#at += 1) {
      const place = this.#buffer[this.#at] as Place;
      if (this.#compare(place, target) >= 0) return place;
    }
    return this.#isAtEnd ? null : undefined;
  }

  /** Reads on from `target`. */
  async fill(target: Place): Promise<void> {
    // Just before the target: what is read comes after.
    const before = { ...target, key: target.key - this.#step };
    this.#buffer = await this.#read(Number.isFinite(target.createdAtMs) ? before : null, this.#size);
    this.#at = 0;
    this.#isAtEnd = this.#buffer.length < this.#size;
    this.cost += this.#buffer.length;
    this.#size = Math.min(MAX_READ, this.#size * 2);
  }
}

export interface CommonPlaces {
  places: Place[];
  /** Where to go on; null at the end. */
  next: Place | null;
}

/** What lists have in common, read a piece at a time. */
export class CommonWalk {
  readonly #walkers: Walker[];
  readonly #step: 1 | -1;
  #target: Place;

  /** @param after begins after this place; null at the beginning */
  constructor(lists: readonly Reader<Place>[], direction: Direction, after: Place | null) {
    this.#walkers = lists.map((read) => new Walker(read, direction));
    this.#step = direction === 'asc' ? 1 : -1;
    const start = direction === 'asc' ? -Infinity : Infinity;
    this.#target = after === null ? { createdAtMs: start, key: 0 } : this.#beyond(after);
  }

  /** How many entries of the lists were read. */
  get cost(): number {
    return this.#walkers.reduce((sum, walker) => sum + walker.cost, 0);
  }

  /**
   * At most `limit` places; fewer where `isEnough` says that the time is up, with the place that was reached. Waits
   * only where there is something to read: a transaction does not outlive long chains of promises.
   */
  async read(limit: number, isEnough: () => boolean): Promise<CommonPlaces> {
    const places: Place[] = [];
    while (places.length < limit) {
      const found = this.#agree();
      if (found === null) return { places, next: null };
      if (found instanceof Walker) {
        if (this.cost > 0 && isEnough()) break;
        await found.fill(this.#target);
      } else {
        places.push(found);
        this.#target = this.#beyond(found);
      }
    }
    return { places, next: this.#before(this.#target) };
  }

  /** The next place that all lists have; null where there is none, or the list that has to be read further first. */
  #agree(): Place | Walker | null {
    for (let agreed = 0; ; ) {
      for (const walker of this.#walkers) {
        const place = walker.seek(this.#target);
        if (place === undefined) return walker;
        if (place === null) return null;
        agreed = comparePlaces(place, this.#target) === 0 ? agreed + 1 : 1;
        this.#target = place;
        if (agreed >= this.#walkers.length) return place;
      }
    }
  }

  #beyond({ createdAtMs, key }: Place): Place {
    return { createdAtMs, key: key + this.#step };
  }

  #before({ createdAtMs, key }: Place): Place {
    return { createdAtMs, key: key - this.#step };
  }
}
