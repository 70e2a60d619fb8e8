/** The only code that writes job rows: it gives out keys and keeps the counters true. */
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
      written.push({ ...after, key, words: placed(after.words, { createdAtMs: after.createdAtMs, key }) });
    } else if (before) gone.push(before.key);
  }
  if (written.length > 0) await db.jobs.bulkPut(written);
  if (gone.length > 0) await db.jobs.bulkDelete(gone);
  if (nextKey !== firstKey) await db.meta.put({ name: 'next-key', value: nextKey });
  await addToCounts(db, delta);
  await addFacets(db, facets);
  return written;
}

/** One transaction of a million rows can end the browser. */
const ROWS_A_TRANSACTION = 1000;

/**
 * Writes what `change` makes of each row; null leaves a row as it is. A thousand rows are one transaction.
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

/** The key that the next new row gets: all that are there now have smaller ones. */
export async function readNextKey(db: JobdeckDatabase): Promise<number> {
  const row = await db.meta.get('next-key');
  return row?.name === 'next-key' ? row.value : 1;
}
