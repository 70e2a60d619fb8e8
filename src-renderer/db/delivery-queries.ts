/** Reading the log of callbacks: by pages and by job, never all of it. */
import { Dexie } from 'dexie';
import type { DeliveryId, DeliveryState } from '#shared/callback/delivery.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckDatabase } from './database.ts';
import type { DeliveryRow } from './delivery-row.ts';
import { fold, wordsOf } from './words.ts';

export interface DeliveryView {
  /** Null for all. */
  state: DeliveryState | null;
  /** `example.org:8443`; null for all. */
  host: string | null;
  /** Words of the job's name or the URL, all of which must be found; '' for all. */
  text: string;
  /** Only what changed at or after this time, milliseconds since 1970; null for all. */
  sinceMs: number | null;
}

/** A place in a view: what comes after it changed earlier. */
export interface DeliveryCursor {
  updatedAtMs: number;
  id: DeliveryId;
}

export interface DeliveriesPage {
  rows: DeliveryRow[];
  /** Where the next page begins; null at the end, and only there. */
  next: DeliveryCursor | null;
}

/** A word found in no more rows than this is looked up; one that is found in more is met soon by reading on. */
const RARE = 2000;
/** The most rows one page of a search reads: an answer comes in time, if need be with fewer rows than asked for. */
const MAX_READ = 2000;
const CHUNK = 250;

/**
 * A page of a view, newest change first. A search may give fewer rows than `limit`, even none, with `next` set:
 * there is more to read.
 */
export function deliveriesPage(
  db: JobdeckDatabase,
  view: DeliveryView,
  { before = null, limit }: { before?: DeliveryCursor | null; limit: number },
): Promise<DeliveriesPage> {
  const prefixes = prefixesOf(view.text);
  return db.transaction('r', db.deliveries, async () => {
    if (prefixes.length === 0) return cut(await readRange(db, view, before, limit + 1), limit);
    const few = await rareRows(db, prefixes);
    if (few === null) return await readOn(db, view, prefixes, before, limit);
    return cut(few.filter((row) => isIn(view, row) && isBefore(row, before)).sort(newestFirst), limit);
  });
}

/** The newest deliveries of a job, the newest first, and whether it has more than these. */
export async function deliveriesOfJob(
  db: JobdeckDatabase,
  jobId: JobId,
  limit: number,
): Promise<{ rows: DeliveryRow[]; hasMore: boolean }> {
  const rows = await db.deliveries
    .where('jobId')
    .equals(jobId)
    .reverse()
    .limit(limit + 1)
    .toArray();
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
}

/** So many of a batch's messages about its items may be newer than the one about its end. */
const LOOKED_AT = 50;

/**
 * The delivery that says how a job's callback stands: the newest that tells of its end, or else the newest; null
 * where it has none.
 */
export async function mainDelivery(db: JobdeckDatabase, jobId: JobId): Promise<DeliveryRow | null> {
  const { rows } = await deliveriesOfJob(db, jobId, LOOKED_AT);
  return rows.find(({ delivery }) => delivery.type !== 'batch.items') ?? rows[0] ?? null;
}

/** Hosts that callbacks have gone to, in the order of their names: one seek in an index for each. */
export function deliveryHosts(db: JobdeckDatabase, limit: number): Promise<string[]> {
  return db.transaction('r', db.deliveries, async () => {
    const hosts: string[] = [];
    for (let last = ''; hosts.length < limit; ) {
      const [key] = (await db.deliveries
        .where('[host+updatedAtMs+id]')
        .above([last, Dexie.maxKey])
        .limit(1)
        .keys()) as unknown as [string, number, string][];
      if (key === undefined) break;
      [last] = key;
      hosts.push(last);
    }
    return hosts;
  });
}

export function cursorOfDelivery({ updatedAtMs, id }: DeliveryRow): DeliveryCursor {
  return { updatedAtMs, id };
}

/** Below zero where `one` is newer. */
export function newestFirst(one: DeliveryCursor, other: DeliveryCursor): number {
  return other.updatedAtMs - one.updatedAtMs || (other.id < one.id ? -1 : other.id > one.id ? 1 : 0);
}

function prefixesOf(text: string): string[] {
  const terms = fold(text).split(/\s+/u).filter(Boolean);
  const isId = (term: string) => /^(?:job-|run-|msg_)[0-9a-f]/u.test(term);
  const prefixes = terms.flatMap((term) => (isId(term) ? [term] : wordsOf(term)));
  return [...new Set(prefixes)].sort((one, other) => other.length - one.length);
}

function readRange(
  db: JobdeckDatabase,
  { state, host, sinceMs }: DeliveryView,
  before: DeliveryCursor | null,
  limit: number,
): Promise<DeliveryRow[]> {
  const within = [...(host === null ? [] : [host]), ...(state === null ? [] : [state])];
  const names = [...(host === null ? [] : ['host']), ...(state === null ? [] : ['state'])];
  const start = sinceMs === null ? within : [...within, sinceMs];
  const end = before ? [...within, before.updatedAtMs, before.id] : [...within, Dexie.maxKey];
  return db.deliveries
    .where(`[${[...names, 'updatedAtMs', 'id'].join('+')}]`)
    .between(start, end, true, false)
    .reverse()
    .limit(limit)
    .toArray();
}

/** The rows of the leading word where they are few, in no order; null where they are many. */
async function rareRows(db: JobdeckDatabase, prefixes: readonly string[]): Promise<DeliveryRow[] | null> {
  const [lead = ''] = prefixes;
  const keys = await db.deliveries
    .where('words')
    .startsWith(lead)
    .limit(RARE + 1)
    .primaryKeys();
  if (keys.length > RARE) return null;
  const rows = await db.deliveries.bulkGet([...new Set(keys)]);
  return rows.filter((row) => row !== undefined && matches(prefixes, row)) as DeliveryRow[];
}

async function readOn(
  db: JobdeckDatabase,
  view: DeliveryView,
  prefixes: readonly string[],
  before: DeliveryCursor | null,
  limit: number,
): Promise<DeliveriesPage> {
  const rows: DeliveryRow[] = [];
  let from = before;
  for (let read = 0; read < MAX_READ; read += CHUNK) {
    const chunk = await readRange(db, view, from, CHUNK);
    for (const row of chunk) {
      from = cursorOfDelivery(row);
      if (matches(prefixes, row)) rows.push(row);
      if (rows.length === limit) return { rows, next: from };
    }
    if (chunk.length < CHUNK) return { rows, next: null };
  }
  return { rows, next: from };
}

function matches(prefixes: readonly string[], row: DeliveryRow): boolean {
  return prefixes.every((prefix) => row.words.some((word) => word.startsWith(prefix)));
}

function cut(rows: DeliveryRow[], limit: number): DeliveriesPage {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? cursorOfDelivery(last) : null };
}

function isBefore(row: DeliveryRow, cursor: DeliveryCursor | null): boolean {
  return cursor === null || newestFirst(cursor, row) < 0;
}

function isIn({ state, host, sinceMs }: DeliveryView, row: DeliveryRow): boolean {
  return (
    (state === null || row.state === state) &&
    (host === null || row.host === host) &&
    (sinceMs === null || row.updatedAtMs >= sinceMs)
  );
}
