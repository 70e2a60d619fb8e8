/** Taking over what the runner says of callbacks. */
import { type Delivery, type DeliveryId, isOpen } from '#shared/callback/delivery.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobdeckDatabase } from './database.ts';
import { type DeliveryRow, toDeliveryRow } from './delivery-row.ts';
import { toRow } from './to-row.ts';
import { type DeliveryChange, writeDeliveries } from './write-deliveries.ts';

/** Deliveries of a job as of event `seq` of a journal, whole. */
export interface DeliveryRecord {
  seq: number;
  job: BatchJob;
  deliveries?: readonly Delivery[];
}

interface Told {
  seq: number;
  job: BatchJob;
  delivery: Delivery;
}

/**
 * Applies deliveries; applying one twice changes nothing, as a row says which event it stands at. Must run inside
 * `db.change`.
 * @param head the newest event of the journal
 */
export async function applyDeliveries(
  db: JobdeckDatabase,
  { journalId, head }: { journalId: string; head: number },
  records: readonly DeliveryRecord[],
): Promise<void> {
  const newest = newestOf(records);
  if (newest.size === 0) return;
  const rows = await db.deliveries.bulkGet([...newest.keys()]);
  const changes = [...newest.values()].flatMap(({ seq, job, delivery }, index): DeliveryChange | [] => {
    const before = rows[index];
    if (before !== undefined && !isNews(before, { journalId, seq, head, delivery })) return [];
    const jobName = before?.jobName ?? toRow(job).name;
    return { before, after: toDeliveryRow(delivery, { jobName, journalId, seq }) };
  });
  await writeDeliveries(db, changes);
}

function newestOf(records: readonly DeliveryRecord[]): Map<DeliveryId, Told> {
  const newest = new Map<DeliveryId, Told>();
  for (const { seq, job, deliveries = [] } of records) {
    for (const delivery of deliveries) {
      const known = newest.get(delivery.id);
      if (known === undefined || seq >= known.seq) newest.set(delivery.id, { seq, job, delivery });
    }
  }
  return newest;
}

function isNews(
  row: DeliveryRow,
  told: { journalId: string; seq: number; head: number; delivery: Delivery },
): boolean {
  if (row.journalId !== told.journalId) {
    // An old journal that is back does not make open again what is over.
    return isOpen(row) || !isOpen(told.delivery);
  }
  // A row that is ahead of its journal saw events that a restored, older copy of the journal no longer has.
  return told.seq > row.seq || row.seq > told.head;
}
