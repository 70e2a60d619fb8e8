/** The only code that writes delivery rows: it keeps their counters true. */
import type { JobId } from '#shared/job/job-id.ts';
import { addToDeliveryCounts, noDeliveryCounts } from './counters.ts';
import type { JobdeckDatabase } from './database.ts';
import type { DeliveryRow } from './delivery-row.ts';

export interface DeliveryChange {
  /** The row as it is now, read in the same transaction; undefined for a new one. */
  before: DeliveryRow | undefined;
  /** Null deletes it. */
  after: DeliveryRow | null;
}

/** Applies changes, at most one a row. Must run inside `db.change`. */
export async function writeDeliveries(
  db: JobdeckDatabase,
  changes: readonly DeliveryChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const delta = noDeliveryCounts();
  for (const { before, after } of changes) {
    if (before) delta[before.state] -= 1;
    if (after) delta[after.state] += 1;
  }
  const written = changes.flatMap(({ after }) => after ?? []);
  const gone = changes.flatMap(({ before, after }) => (before && !after ? before.id : []));
  if (written.length > 0) await db.deliveries.bulkPut(written);
  if (gone.length > 0) await db.deliveries.bulkDelete(gone);
  await addToDeliveryCounts(db, delta);
}

/**
 * Removes deliveries of these jobs. Must run inside `db.change`.
 * @param isToGo which of them; all where it is absent
 */
export async function removeDeliveriesOf(
  db: JobdeckDatabase,
  jobIds: readonly JobId[],
  isToGo: (row: DeliveryRow) => boolean = () => true,
): Promise<void> {
  // Many single reads: one cursor over random ids takes several times as long.
  const rows = await Promise.all(jobIds.map((id) => db.deliveries.where('jobId').equals(id).toArray()));
  await writeDeliveries(
    db,
    rows
      .flat()
      .filter(isToGo)
      .map((before) => ({ before, after: null })),
  );
}
