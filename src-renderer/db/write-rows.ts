/** The only code that writes job rows: it gives out keys and keeps the counters true. */
import { Dexie } from 'dexie';
import type { JobId } from '#shared/job/job-id.ts';
import { addToCounts, noCounts } from './counters.ts';
import type { JobdeckDatabase } from './database.ts';
import { addFacets, countFacets, type FacetDelta } from './facets.ts';
import type { JobRow, JobRowDraft } from './job-row.ts';
import { jobsByIds } from './queries.ts';
import { placed } from './search-words.ts';

export interface RowChange {
  /** The row as it is now, read in the same transaction; undefined for a new one. */
  before: JobRow | undefined;
  /** Null deletes it. */
  after: JobRowDraft | null;
  /** Of a new row that has its key already, from an older store. */
  key?: number;
}

/**
 * Applies changes, at most one a row. Must run inside `db.change`.
 * @returns the rows as written, in the order of the changes, without the deleted ones
 */
export async function writeRows(db: JobdeckDatabase, changes: readonly RowChange[]): Promise<JobRow[]> {
  if (changes.length === 0) return [];
  let nextKey = await readNextKey(db);
  const firstKey = nextKey;
  const delta = noCounts();
  const facets: FacetDelta = new Map();
  const written: JobRow[] = [];
  const gone: number[] = [];
  for (const { before, after, key: given } of changes) {
    if (before) {
      delta[before.bucket] -= 1;
      countFacets(facets, before, -1);
    }
    if (after) {
      const key = before?.key ?? given ?? nextKey++;
      delta[after.bucket] += 1;
      countFacets(facets, after, 1);
      written.push(withKey(after, key));
    } else if (before) gone.push(before.key);
  }
  if (written.length > 0) await db.jobs.bulkPut(written);
  if (gone.length > 0) await db.jobs.bulkDelete(gone);
  if (nextKey !== firstKey) await db.meta.put({ name: 'next-key', value: nextKey });
  await addToCounts(db, delta);
  await addFacets(db, facets);
  return written;
}

/**
 * So many rows are written at once, where there are many: more are not faster, other windows wait meanwhile, and one
 * transaction of millions can end the browser.
 */
export const ROWS_A_TRANSACTION = 250;

/**
 * Writes what `change` makes of each row; null leaves a row as it is. A page of rows is one transaction.
 * @returns the ids that were not left out
 */
export async function editRows(
  db: JobdeckDatabase,
  ids: readonly JobId[],
  change: (row: JobRow) => JobRowDraft | null,
): Promise<JobId[]> {
  const edited: JobId[] = [];
  for (let start = 0; start < ids.length; start += ROWS_A_TRANSACTION) {
    const page = ids.slice(start, start + ROWS_A_TRANSACTION);
    const rows = await db.change(async () => {
      const changes = (await jobsByIds(db, page)).flatMap((before) => {
        const after = change(before);
        return after === null ? [] : { before, after };
      });
      return await writeRows(db, changes);
    });
    edited.push(...rows.map((row) => row.id));
  }
  return edited;
}

/**
 * Adds rows of which the history most likely has none. Must run inside `db.change`.
 * @param drafts no two with the same id
 * @returns the rows as written, and the ids that the history has already: of those nothing is written
 */
export async function addRows(
  db: JobdeckDatabase,
  drafts: readonly JobRowDraft[],
): Promise<{ rows: JobRow[]; taken: Set<JobId> }> {
  const firstKey = await readNextKey(db);
  const rows = drafts.map((draft, index) => withKey(draft, firstKey + index));
  const places = await takenPlaces(db, rows);
  const added = rows.filter((_row, index) => !places.has(index));
  if (added.length > 0) {
    const delta = noCounts();
    const facets: FacetDelta = new Map();
    for (const row of added) {
      delta[row.bucket] += 1;
      countFacets(facets, row, 1);
    }
    await db.meta.put({ name: 'next-key', value: firstKey + rows.length });
    await addToCounts(db, delta);
    await addFacets(db, facets);
  }
  return {
    rows: added,
    taken: new Set(rows.flatMap((row, index) => (places.has(index) ? row.id : []))),
  };
}

/** Adds what can be added. @returns which can not, as the history has their ids */
async function takenPlaces(db: JobdeckDatabase, rows: readonly JobRow[]): Promise<Set<number>> {
  try {
    await db.jobs.bulkAdd(rows);
    return new Set();
  } catch (error) {
    // Caught inside the transaction it keeps what was added (https://dexie.org/docs/Table/Table.bulkAdd()).
    if (!(error instanceof Dexie.BulkError)) throw error;
    const failures = Object.entries(error.failuresByPos);
    const other = failures.find(([, { name }]) => name !== 'ConstraintError');
    if (other !== undefined) throw other[1];
    return new Set(failures.map(([place]) => Number(place)));
  }
}

function withKey(draft: JobRowDraft, key: number): JobRow {
  return { ...draft, key, words: placed(draft.words, { createdAtMs: draft.createdAtMs, key }) };
}

/** The key that the next new row gets: all that are there now have smaller ones. */
export async function readNextKey(db: JobdeckDatabase): Promise<number> {
  const row = await db.meta.get('next-key');
  return row?.name === 'next-key' ? row.value : 1;
}
