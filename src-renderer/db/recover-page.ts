/** Bringing records of a backup into a history that was lost: as they were, for the runner still to say what is newer. */
import type { BackupRecord } from '#shared/contract/backups.ts';
import { readCursor } from './apply-records.ts';
import type { JobdeckDatabase } from './database.ts';
import { toDeliveryRow } from './delivery-row.ts';
import { firstOfEach } from './restore-page.ts';
import { rowsByIds } from './rows-by-ids.ts';
import { toRow } from './to-row.ts';
import { writeDeliveries } from './write-deliveries.ts';
import { writeRows } from './write-rows.ts';

/** True for a history that has never heard from the runner: one that is new, or not brought back to its end. */
export async function isToRecover(db: JobdeckDatabase): Promise<boolean> {
  return (await readCursor(db)) === null;
}

/**
 * Writes records that the history does not have, in one transaction: so after a crash it can begin anew.
 * Deliveries of jobs that are not there, such as those of one that was in the trash, are left out.
 * @param isOwn whether what was written or approved here still counts as that
 * @returns how many jobs the history has now of these
 */
export function writeRecovered(
  db: JobdeckDatabase,
  records: readonly BackupRecord[],
  isOwn: boolean,
): Promise<number> {
  const jobs = firstOfEach(records.filter((record) => record.kind === 'job'));
  const deliveries = records.filter((record) => record.kind === 'delivery');
  return db.change(async () => {
    const known = await rowsByIds(
      db,
      jobs.map(({ job }) => job.id),
    );
    const fresh = jobs.filter(({ job }) => !known.has(job.id));
    await writeRows(
      db,
      fresh.map(({ job, origin, approvedAtMs, journalId, seq }) => ({
        before: undefined,
        after: toRow(job, {
          journalId,
          seq,
          ...(isOwn ? { origin, approvedAtMs } : { origin: 'imported', approvedAtMs: null }),
        }),
      })),
    );
    const withJob = await rowsByIds(
      db,
      deliveries.map(({ delivery }) => delivery.jobId),
    );
    const kept = await db.deliveries.bulkGet(deliveries.map(({ delivery }) => delivery.id));
    await writeDeliveries(
      db,
      deliveries.flatMap((record, index) =>
        kept[index] === undefined && withJob.has(record.delivery.jobId)
          ? [{ before: undefined, after: toDeliveryRow(record.delivery, record) }]
          : [],
      ),
    );
    return jobs.length;
  });
}

/**
 * Ends it. The cursor is of no journal there is, so that the runner's whole state is read first: it says how jobs went
 * on that ran then, and those it does not have are marked.
 */
export async function endRecovery(db: JobdeckDatabase): Promise<void> {
  await db.meta.put({ name: 'outbox-cursor', value: { journalId: crypto.randomUUID(), seq: 0 } });
}
