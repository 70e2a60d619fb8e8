/** One round of catching up with the runner's outbox. */
import { AppError } from '#shared/app-error.ts';
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import type { OutboxCursor, SnapshotPage } from '#shared/contract/outbox.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { applyRecords, readCursor } from '../db/apply-records.ts';
import type { JobdeckDatabase } from '../db/database.ts';
import { interruptLost } from '../db/interrupt-lost.ts';
import { settleLostDeliveries } from '../db/settle-lost-deliveries.ts';

export type OutboxApi = Pick<
  JobdeckApi,
  'pullOutbox' | 'acknowledgeOutbox' | 'readSnapshot' | 'findDeliveries'
>;

/** Events of a page hold whole records: smaller pages keep one transaction, and one message, bounded. */
const PAGE = MAX_PAGE / 2;
/** A journal that changes under each snapshot is not one to chase for ever: the next round tries again. */
const MAX_SNAPSHOTS = 5;

/**
 * Pulls until nothing is left. Each page is durable, together with the cursor, before it is acknowledged; so a
 * crash at any point repeats a page at most, and a page that is applied twice changes nothing.
 */
export async function catchUp(api: OutboxApi, db: JobdeckDatabase, pageSize = PAGE): Promise<void> {
  let acknowledged: OutboxCursor | null = null;
  for (let snapshots = 0; ; ) {
    const cursor = await readCursor(db);
    const answer = unwrap(await api.pullOutbox({ cursor, limit: pageSize }));
    if (answer.kind === 'gap') {
      snapshots += 1;
      if (snapshots > MAX_SNAPSHOTS) {
        throw new AppError(
          'internal',
          `Expected no gap after a snapshot, got ${snapshots} one after another.`,
        );
      }
      await takeSnapshot(api, db, pageSize);
      continue;
    }
    const { journalId, head, events } = answer;
    // No events below the head are those of jobs that were forgotten: there is nothing to wait for.
    const reached = { journalId, seq: events.at(-1)?.seq ?? head };
    if (events.length > 0 && cursor !== null && reached.seq <= cursor.seq) {
      throw new AppError('internal', `Expected events after ${cursor.seq}, got up to ${reached.seq}.`);
    }
    if (!isSame(reached, cursor)) await applyRecords(db, answer, events, reached);
    // Also when nothing was new: the last acknowledgement may have been lost.
    if (!isSame(reached, acknowledged)) unwrap(await api.acknowledgeOutbox(reached));
    acknowledged = reached;
    if (reached.seq >= head) return;
  }
}

/** Reads all the runner holds; events from the head of the first page on are pulled afterwards. */
async function takeSnapshot(api: OutboxApi, db: JobdeckDatabase, limit: number): Promise<void> {
  const known = new Set<JobId>();
  let cursor: OutboxCursor | null = null;
  let after: JobId | null = null;
  do {
    const page: SnapshotPage = unwrap(await api.readSnapshot({ after, limit }));
    cursor ??= { journalId: page.journalId, seq: page.head };
    // Another journal took over between two pages: the next pull finds the gap and begins anew.
    if (page.journalId !== cursor.journalId) return;
    for (const { job } of page.jobs) known.add(job.id);
    if (page.next === null) {
      await interruptLost(db, known);
      await settleLostDeliveries(db, async (ids) => unwrap(await api.findDeliveries({ ids })));
    }
    await applyRecords(db, page, page.jobs, page.next === null ? cursor : null);
    after = page.next;
  } while (after !== null);
}

function isSame(one: OutboxCursor, other: OutboxCursor | null): boolean {
  return one.journalId === other?.journalId && one.seq === other.seq;
}
