/**
 * Brings the rows of versions 1 and 2 into the store of later ones, in bounded transactions: a crash in the middle
 * loses nothing and the next start goes on. Until it is done the history is not shown, so that no list lacks rows.
 */
import type { BatchJob } from '#shared/job/batch-job.ts';
import { parseJobId } from '#shared/job/job-id.ts';
import { addToCounts, noCounts, readCounts } from './counters.ts';
import type { JobdeckDatabase } from './database.ts';
import { JOB_BUCKETS, type JobRowDraft } from './job-row.ts';
import { type RowFacts, toRow } from './to-row.ts';
import { ROWS_A_TRANSACTION, type RowChange, writeRows } from './write-rows.ts';

export interface MovedRows {
  /** How many were moved. */
  moved: number;
  /** How many could not be read, and stay where they are: they are in no list, but in the backup made before. */
  left: number;
}

/**
 * Moves what is left to move.
 * @param onProgress called after each page, with how many rows are moved and how many there are
 * @returns what was done now: nothing, once all have been looked at
 */
export async function moveOldRows(
  db: JobdeckDatabase,
  onProgress?: (done: number, total: number) => void,
): Promise<MovedRows> {
  const old = db.table<unknown, number>('jobs');
  if ((await old.limit(1).primaryKeys()).length === 0) return { moved: 0, left: 0 };
  const counts = await readCounts(db);
  const total = JOB_BUCKETS.reduce((sum, bucket) => sum + counts[bucket], 0);
  const done: MovedRows = { moved: 0, left: 0 };
  for (;;) {
    const page = await movePage(db);
    if (page === null) return done;
    done.moved += page.moved;
    done.left += page.left;
    onProgress?.(done.moved, total);
  }
}

/** @returns what became of the rows of the page; null where there was none */
function movePage(db: JobdeckDatabase): Promise<MovedRows | null> {
  const old = db.table<unknown, number>('jobs');
  const { jobs, counters, facets, meta } = db;
  return db.transaction('rw', [old, jobs, counters, facets, meta], async () => {
    const row = await meta.get('moved-up-to');
    const after = row?.name === 'moved-up-to' ? row.value : Number.NEGATIVE_INFINITY;
    const keys = await old.where(':id').above(after).limit(ROWS_A_TRANSACTION).primaryKeys();
    const last = keys.at(-1);
    if (last === undefined) return null;
    const rows = await old.bulkGet(keys);
    const uncounted = noCounts();
    const changes: RowChange[] = [];
    for (const [index, stored] of rows.entries()) {
      const bucket = JOB_BUCKETS.find((name) => name === fieldOf(stored, 'bucket'));
      if (bucket !== undefined) uncounted[bucket] -= 1;
      const after = rowOf(stored);
      const key = keys[index];
      if (after !== null && key !== undefined) changes.push({ before: undefined, after, key });
    }
    await addToCounts(db, uncounted);
    await writeRows(db, changes);
    await old.bulkDelete(changes.flatMap(({ key }) => key ?? []));
    await meta.put({ name: 'moved-up-to', value: last });
    return { moved: changes.length, left: keys.length - changes.length };
  });
}

/** The row as it is now; null where the stored one is not what versions 1 and 2 wrote. */
function rowOf(stored: unknown): JobRowDraft | null {
  const job = fieldOf(stored, 'job');
  if (parseJobId(fieldOf(job, 'id')) === null || typeof fieldOf(job, 'created_at') !== 'string') return null;
  const journalId = fieldOf(stored, 'journalId');
  const approvedAtMs = fieldOf(stored, 'approvedAtMs');
  const facts: RowFacts = {
    origin: fieldOf(stored, 'origin') === 'author' ? 'author' : 'imported',
    approvedAtMs: typeof approvedAtMs === 'number' ? approvedAtMs : null,
    deletedAtMs: numberOf(fieldOf(stored, 'deletedAtMs')),
    journalId: typeof journalId === 'string' ? journalId : null,
    seq: numberOf(fieldOf(stored, 'seq')),
    importId: null,
  };
  try {
    return toRow(job as BatchJob, facts);
  } catch {
    // It is counted, and told: one row that is not what it should be holds up none of the others.
    return null;
  }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
