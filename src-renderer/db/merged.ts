/** Reads at most `count` entries of one source after `last`, or from its beginning. Fewer only at its end. */
export type Reader<T> = (last: T | null, count: number) => Promise<T[]>;

interface Source<T> {
  read: Reader<T>;
  buffer: T[];
  at: number;
  last: T | null;
  isAtEnd: boolean;
}

/** Read beyond an even share, so that sources of about the same size are read once. */
const SPARE = 8;

/**
 * The first `limit` entries of several sorted sources in one order. Each is read in pieces, as far as it is needed.
 */
export async function merged<T>(
  readers: readonly Reader<T>[],
  compare: (one: T, other: T) => number,
  limit: number,
): Promise<T[]> {
  const [only] = readers;
  if (only !== undefined && readers.length === 1) return only(null, limit);
  const share = Math.min(limit, Math.ceil(limit / readers.length) + SPARE);
  const sources = readers.map((read): Source<T> => ({ read, buffer: [], at: 0, last: null, isAtEnd: false }));
  await Promise.all(sources.map((source) => fill(source, share)));
  const taken: T[] = [];
  while (taken.length < limit) {
    const source = leading(sources, compare);
    if (source === null) return taken;
    const entry = source.buffer[source.at] as T;
    taken.push(entry);
    source.at += 1;
    if (source.at === source.buffer.length && !source.isAtEnd && taken.length < limit) {
      await fill(source, limit - taken.length);
    }
  }
  return taken;
}

async function fill<T>(source: Source<T>, count: number): Promise<void> {
  source.buffer = await source.read(source.last, count);
  source.at = 0;
  source.last = source.buffer.at(-1) ?? null;
  source.isAtEnd = source.buffer.length < count;
}

/** The source whose next entry is the first of all; null at the end of all. */
function leading<T>(sources: readonly Source<T>[], compare: (one: T, other: T) => number): Source<T> | null {
  let best: Source<T> | null = null;
  for (const source of sources) {
    if (source.at >= source.buffer.length) continue;
    const isBetter = best === null || compare(source.buffer[source.at] as T, best.buffer[best.at] as T) < 0;
    if (isBetter) best = source;
  }
  return best;
}
