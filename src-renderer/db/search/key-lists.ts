/**
 * Where the rows of a term are, as lists of primary keys in the order of making. What several terms have in common
 * is found in windows of time: in each, the keys of the rarest term that the others have too. Keys cost a tenth of
 * what rows do, and the browser reads them beside this thread.
 */
import { type Collection, Dexie } from 'dexie';
import type { JobdeckDatabase } from '../database.ts';
import { JOB_BUCKETS, type JobRow } from '../job-row.ts';
import { createdRanges, type Direction, type IndexRange, type JobFilter } from '../order.ts';
import { entryBounds, type Place, wordOf } from '../search-words.ts';
import type { Source } from './reading.ts';

/** A part of an index after one place and up to another, that one included. */
type KeyRange = (after: Place | null, upTo: Place | null) => Collection<JobRow, number>;

/** The ranges of one term: a row is in one of them at the most, or in several where it has several of the words. */
export type KeyList = readonly KeyRange[];

/** A beginning of more words than this is not looked up word by word: rows that have one are met soon. */
const MAX_WORDS = 24;

/** The list of a source; null where the index does not have it in this order. */
export async function keyListOf(
  db: JobdeckDatabase,
  filter: JobFilter,
  source: Source,
  direction: Direction,
): Promise<KeyList | null> {
  switch (source.by) {
    case 'words':
      return source.words.map((word) => wordRange(db, word, direction));
    case 'prefix': {
      const words = await wordsFrom(db, source.prefix);
      return words?.map((word) => wordRange(db, word, direction)) ?? null;
    }
    case 'status':
      return inBuckets(filter, '[bucket+status+createdAtMs+key]', source.statuses).map((range) =>
        indexRange(db, range, direction),
      );
    case 'kind':
      return inBuckets(filter, '[bucket+kindKey+createdAtMs+key]', source.kinds).map((range) =>
        indexRange(db, range, direction),
      );
    default:
      return null;
  }
}

/** The keys of all rows of a list. */
export function keysIn(db: JobdeckDatabase, filter: JobFilter, direction: Direction): KeyList {
  return createdRanges(filter).map((range) => indexRange(db, range, direction));
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
    if (words.length === MAX_WORDS) return null;
    const word = wordOf(String(entry));
    words.push(word);
    from = entryBounds.last(word);
  }
}

function wordRange(db: JobdeckDatabase, word: string, direction: Direction): KeyRange {
  const bounds = { first: entryBounds.first(word), last: entryBounds.last(word) };
  return rangeBetween(db, 'words', bounds, (place) => entryBounds.at(word, place), direction);
}

function indexRange(db: JobdeckDatabase, { index, list }: IndexRange, direction: Direction): KeyRange {
  const bounds = { first: [...list], last: [...list, Dexie.maxKey] };
  return rangeBetween(db, index, bounds, ({ createdAtMs, key }) => [...list, createdAtMs, key], direction);
}

function rangeBetween<Key>(
  db: JobdeckDatabase,
  index: string,
  { first, last }: { first: Key; last: Key },
  at: (place: Place) => Key,
  direction: Direction,
): KeyRange {
  return (after, upTo) => {
    const begin = after === null ? null : at(after);
    const end = upTo === null ? null : at(upTo);
    return direction === 'asc'
      ? db.jobs.where(index).between(begin ?? first, end ?? last, false, true)
      : db.jobs
          .where(index)
          .between(end ?? first, begin ?? last, true, false)
          .reverse();
  };
}
