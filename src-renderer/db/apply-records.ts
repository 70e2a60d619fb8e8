/** Taking over what the runner says of its jobs, and up to where it was heard. */
import type { OutboxCursor } from '#shared/contract/outbox.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import { applyDeliveries, type DeliveryRecord } from './apply-deliveries.ts';
import type { JobdeckDatabase } from './database.ts';
import type { ReplacedRow } from './import-row.ts';
import type { JobRow, JobRowDraft } from './job-row.ts';
import { jobsByIds } from './queries.ts';
import { replacedOf, replacedRows } from './replaced-rows.ts';
import { factsOf, toRow } from './to-row.ts';
import { type RowChange, writeRows } from './write-rows.ts';

/** The state of a job, and of deliveries of its callback, as of event `seq` of a journal. */
export type JobRecord = DeliveryRecord;

/** Where the records were read from. */
export interface Source {
  journalId: string;
  /** The newest event of the journal. */
  head: number;
}

/**
 * Applies records, and the cursor with them, in one durable transaction. Applying a record twice changes nothing,
 * whichever window does it: a row says which event it stands at.
 * @param cursor null leaves the cursor where it is, for what is not the end yet
 */
export function applyRecords(
  db: JobdeckDatabase,
  source: Source,
  records: readonly JobRecord[],
  cursor: OutboxCursor | null,
): Promise<void> {
  return db.change(async () => {
    const newest = new Map<JobId, JobRecord>();
    for (const record of records) {
      const known = newest.get(record.job.id);
      if (known === undefined || record.seq >= known.seq) newest.set(record.job.id, record);
    }
    const rows = new Map((await jobsByIds(db, [...newest.keys()])).map((row) => [row.id, row]));
    const replaced = await replacedRows(db, [...rows.values()]);
    const changes: RowChange[] = [];
    const changedUnder: ReplacedRow[] = [];
    for (const [id, record] of newest) {
      const before = rows.get(id);
      const under = before === undefined ? null : replacedOf(before, replaced.get(id), record.job);
      const after = applied(under?.row ?? before, source, record);
      if (after === null) continue;
      if (under === null) changes.push({ before, after });
      else changedUnder.push({ ...under, row: { ...after, key: under.row.key } });
    }
    await writeRows(db, changes);
    await db.replaced.bulkPut(changedUnder);
    await applyDeliveries(db, source, records);
    if (cursor !== null) await moveCursor(db, cursor, source.head);
  });
}

/** The row after the record, null where the record changes nothing. */
function applied(
  row: JobRow | undefined,
  { journalId, head }: Source,
  { seq, job }: JobRecord,
): JobRowDraft | null {
  // Not in the history, but run: the history was rebuilt. The runner takes only what its owner wrote or approved.
  if (row === undefined) return toRow(job, { journalId, seq });
  // A row that is ahead of its journal saw events that a restored, older copy of the journal no longer has.
  if (row.journalId === journalId && seq <= row.seq && row.seq <= head) return null;
  // An old journal that is back does not bring an ended job to life.
  if (isTerminal(row.status) && !isTerminal(job.status)) return null;
  return toRow(job, { ...factsOf(row), journalId, seq });
}

export async function readCursor(db: JobdeckDatabase): Promise<OutboxCursor | null> {
  const row = await db.meta.get('outbox-cursor');
  return row?.name === 'outbox-cursor' ? row.value : null;
}

/** Does not go back, as another window may be further on; unless the journal itself has gone back. */
async function moveCursor(db: JobdeckDatabase, cursor: OutboxCursor, head: number): Promise<void> {
  const known = await readCursor(db);
  if (known?.journalId === cursor.journalId && known.seq >= cursor.seq && known.seq <= head) return;
  await db.meta.put({ name: 'outbox-cursor', value: cursor });
}
