/** What becomes of callbacks that the runner should have and does not. */
import { DELIVERY_STATES, type DeliveryId, type DeliveryState, isOpen } from '#shared/callback/delivery.ts';
import type { JobdeckDatabase } from './database.ts';
import { type DeliveryCursor, deliveriesPage } from './delivery-queries.ts';
import { type DeliveryRow, toDeliveryRow } from './delivery-row.ts';
import { writeDeliveries } from './write-deliveries.ts';

const LOST =
  'The runner has no record of this callback any more, so it is not sent. Send it again if needed.';
const PAGE = 500;

/**
 * Marks as stopped what is still to be sent here and not among `known`: a callback is never shown as on its way
 * when nobody sends it.
 * @returns the ids that were marked
 */
export async function stopLostDeliveries(
  db: JobdeckDatabase,
  known: ReadonlySet<DeliveryId>,
  now = new Date().toISOString(),
): Promise<DeliveryId[]> {
  const marked: DeliveryId[] = [];
  for (const state of DELIVERY_STATES.filter((each) => isOpen({ state: each }))) {
    for await (const rows of allInState(db, state)) {
      const lost = rows.filter((row) => !known.has(row.id)).map((row) => row.id);
      if (lost.length === 0) continue;
      await db.change(async () => {
        const current = (await db.deliveries.bulkGet(lost)).filter((row) => row !== undefined && isOpen(row));
        await writeDeliveries(
          db,
          current.map((before) => ({ before, after: stopped(before as DeliveryRow, now) })),
        );
      });
      marked.push(...lost);
    }
  }
  return marked;
}

async function* allInState(db: JobdeckDatabase, state: DeliveryState) {
  let before: DeliveryCursor | null = null;
  do {
    const view = { state, host: null, text: '', sinceMs: null };
    const page: Awaited<ReturnType<typeof deliveriesPage>> = await deliveriesPage(db, view, {
      before,
      limit: PAGE,
    });
    if (page.rows.length > 0) yield page.rows;
    before = page.next;
  } while (before !== null);
}

/** A delivery as one that nobody sends any more. */
export function stopped(row: DeliveryRow, now: string): DeliveryRow {
  const delivery = { ...row.delivery, state: 'stopped', reason: LOST, nextAttemptAt: null } as const;
  return toDeliveryRow({ ...delivery, updatedAt: now }, row);
}
