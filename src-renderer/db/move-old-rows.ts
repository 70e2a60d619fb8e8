/**
 * Brings the rows of versions 1 and 2 into the store of version 3, in bounded transactions: a crash in the middle
 * loses nothing and the next start goes on. Until it is done the history is not shown, so that no list lacks rows.
 */
import type { BatchJob } from '#shared/job/batch-job.ts';
import { parseJobId } from '#shared/job/job-id.ts';
import { addToCounts, noCounts, readCounts } from './counters.ts';
import type { JobdeckDatabase } from './database.ts';
import { JOB_BUCKETS, type JobRowDraft } from './job-row.ts';
import { type RowFacts, toRow } from './to-row.ts';
import { type RowChange, writeRows } from './write-rows.ts';

const ROWS_A_TRANSACTION = 500;

/**
 * Moves what is left to move. A row that can not be read stays where it is.
 * @param onProgress called after each page, with how many rows are moved and how many there are
 * @returns how many rows were moved
 */
export async function moveOldRows(
  db: JobdeckDatabase,
  onProgress?: (done: number, total: number) => void,
): Promise<number> {
  const old = db.table<unknown, number>('jobs');
  if ((await old.limit(1).primaryKeys()).length === 0) return 0;
  const counts = await readCounts(db);
  const total = JOB_BUCKETS.reduce((sum, bucket) => sum + counts[bucket], 0);
  let done = 0;
  for (;;) {
    const moved = await movePage(db);
    if (moved === null) return done;
    done += moved;
    onProgress?.(done, total);
  }
}

/** @returns how many rows of the page were moved; null where there was none left */
function movePage(db: JobdeckDatabase): Promise<number | null> {
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
    return changes.length;
  });
}

/** The row of version 3; null where the stored one is not what versions 1 and 2 wrote. */
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
  return toRow(job as BatchJob, facts);
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
