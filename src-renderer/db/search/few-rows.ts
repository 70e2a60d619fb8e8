/** A search with a term that few rows have: those are read, all of them, whatever the order. */
import { Dexie } from 'dexie';
import type { JobdeckDatabase } from '../database.ts';
import type { JobRow } from '../job-row.ts';
import { type IndexRange, type JobFilter, stagesOf } from '../order.ts';
import { entryBounds } from '../search-words.ts';
import { inBuckets } from './key-lists.ts';
import type { Search } from './parse-search.ts';
import type { Source } from './reading.ts';

/** Reading this many rows takes about as long as a page may. */
const FEW = 400;

/** All rows of the rarest term, in no order; null where every term has many. */
export async function fewRows(
  db: JobdeckDatabase,
  filter: JobFilter,
  { conditions }: Search,
): Promise<JobRow[] | null> {
  const sources = conditions
    .flatMap((condition) => condition.sources)
    .sort((one, other) => rank(one) - rank(other));
  for (const source of sources) {
    const keys = await keysOf(db, filter, source);
    if (keys === null) continue;
    const rows = await db.jobs.bulkGet([...keys]);
    return rows.filter((row) => row !== undefined);
  }
  return null;
}

/** Likely the fewest first: an id, then long words, then the rest. */
function rank(source: Source): number {
  switch (source.by) {
    case 'id':
      return -1000;
    case 'prefix':
      return -source.prefix.length;
    case 'words':
      return -Math.min(...source.words.map((word) => word.length));
    default:
      return 0;
  }
}

/**
 * The keys of a source; null where there are many. A row may be found several times over, as it has several entries
 * that begin alike: what a reader was cut short at is never taken for all there is.
 */
async function keysOf(db: JobdeckDatabase, filter: JobFilter, source: Source): Promise<Set<number> | null> {
  const keys = new Set<number>();
  for (const read of readersOf(db, filter, source)) {
    const found = await read(FEW + 1);
    if (found.length > FEW) return null;
    for (const key of found) keys.add(key);
    if (keys.size > FEW) return null;
  }
  return keys;
}

type KeyReader = (limit: number) => Promise<number[]>;

function readersOf(db: JobdeckDatabase, filter: JobFilter, source: Source): KeyReader[] {
  const entries = (from: string, to: string): KeyReader => {
    return (limit) => db.jobs.where('words').between(from, to).limit(limit).primaryKeys();
  };
  const inRanges = (ranges: readonly IndexRange[], from: number | null, to: number | null): KeyReader[] =>
    ranges.map(({ index, list }) => (limit) => {
      const first = from === null ? [...list] : [...list, from];
      const last = to === null ? [...list, Dexie.maxKey] : [...list, to, Dexie.maxKey];
      return db.jobs.where(index).between(first, last).limit(limit).primaryKeys();
    });
  switch (source.by) {
    case 'prefix':
      return [entries(source.prefix, `${source.prefix}\uffff`)];
    case 'words':
      return source.words.map((word) => entries(entryBounds.first(word), entryBounds.last(word)));
    case 'id':
      return source.prefixes.map(
        (prefix) => (limit) => db.jobs.where('id').startsWithIgnoreCase(prefix).limit(limit).primaryKeys(),
      );
    case 'status':
      return inRanges(inBuckets(filter, '[bucket+status+createdAtMs+key]', source.statuses), null, null);
    case 'kind':
      return inRanges(inBuckets(filter, '[bucket+kindKey+createdAtMs+key]', source.kinds), null, null);
    case 'created':
      return inRanges(
        [{ index: '[listed+createdAtMs+key]', list: [filter === 'trash' ? 0 : 1] }],
        source.from,
        source.to,
      );
    case 'ended':
    case 'duration': {
      const [stage] = stagesOf(filter, { column: source.by, direction: 'asc' });
      return inRanges(stage?.ranges ?? [], Math.max(source.from, -Number.MAX_VALUE), source.to);
    }
    case 'either':
      return source.sources.flatMap((each) => readersOf(db, filter, each));
  }
}
