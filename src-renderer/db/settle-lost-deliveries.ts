/** What becomes of callbacks that are still to be sent as far as the history knows, once it has lost its place. */
import {
  DELIVERY_STATES,
  type Delivery,
  type DeliveryId,
  type DeliveryState,
  isOpen,
} from '#shared/callback/delivery.ts';
import { MAX_KNOWN_DELIVERIES } from '#shared/contract/limits.ts';
import type { KnownDeliveries } from '#shared/contract/outbox.ts';
import type { JobdeckDatabase } from './database.ts';
import { type DeliveryCursor, deliveriesPage } from './delivery-queries.ts';
import { type DeliveryRow, toDeliveryRow } from './delivery-row.ts';
import { writeDeliveries } from './write-deliveries.ts';

const LOST =
  'The runner has no record of this callback any more, so it is not sent. Send it again if needed.';

/** Asks the runner for deliveries, at most `MAX_KNOWN_DELIVERIES` at a time. */
export type FindDeliveries = (ids: DeliveryId[]) => Promise<KnownDeliveries>;

/**
 * Asks the runner for each open delivery of the history, and takes over what it says. One that it does not know is
 * marked as stopped: a callback is never shown as on its way when nobody sends it, nor as lost when somebody does, or
 * did. A snapshot has not all of them: none of jobs that the runner keeps no record of, and of one job only the newest.
 * @returns the ids that were marked
 * @throws where the runner could not be asked; those before it are settled
 */
export async function settleLostDeliveries(
  db: JobdeckDatabase,
  find: FindDeliveries,
  now = new Date().toISOString(),
): Promise<DeliveryId[]> {
  const marked: DeliveryId[] = [];
  for (const state of DELIVERY_STATES.filter((each) => isOpen({ state: each }))) {
    for await (const ids of idsInState(db, state)) {
      const { journalId, head, deliveries } = await find(ids);
      const known = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
      const settled = (row: DeliveryRow): DeliveryRow => {
        const delivery = known.get(row.id);
        if (delivery === undefined) return stopped(row, now);
        return toDeliveryRow(delivery, { jobName: row.jobName, journalId, seq: head });
      };
      await db.change(async () => {
        const rows = (await db.deliveries.bulkGet(ids)).filter((row) => row !== undefined && isOpen(row));
        await writeDeliveries(
          db,
          rows.map((before) => ({ before, after: settled(before as DeliveryRow) })),
        );
      });
      marked.push(...ids.filter((id) => !known.has(id)));
    }
  }
  return marked;
}

async function* idsInState(db: JobdeckDatabase, state: DeliveryState): AsyncGenerator<DeliveryId[]> {
  let before: DeliveryCursor | null = null;
  do {
    const view = { state, host: null, text: '', sinceMs: null };
    const page: Awaited<ReturnType<typeof deliveriesPage>> = await deliveriesPage(db, view, {
      before,
      limit: MAX_KNOWN_DELIVERIES,
    });
    if (page.rows.length > 0) yield page.rows.map(({ id }) => id);
    before = page.next;
  } while (before !== null);
}

/** A delivery as one that nobody sends any more. */
export function stopped(row: DeliveryRow, now: string): DeliveryRow {
  const delivery: Delivery = { ...row.delivery, state: 'stopped', reason: LOST, nextAttemptAt: null };
  return toDeliveryRow({ ...delivery, updatedAt: now }, row);
}
