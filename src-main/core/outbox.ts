/** The hand-off to the history: pull, acknowledge, snapshot. The journal is the store. */
import { AppError } from '#shared/app-error.ts';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import type { OutboxCursor, PullResponse } from '#shared/contract/outbox.ts';
import type { DeliveryStore, Journal } from './ports.ts';
import type { Outbox } from './runner-types.ts';

export interface KeepingOutbox extends Outbox {
  /** Passes on the acknowledgements that were held back. */
  release(): void;
}

/**
 * @param store where the deliveries are
 * @param keepsAll true while nothing may be dropped from the journal; acknowledgements are held back until then
 */
export function createOutbox(
  journal: Journal,
  store: Pick<DeliveryStore, 'find'>,
  keepsAll: () => boolean = () => false,
): KeepingOutbox {
  let heldBack: number | null = null;
  return {
    pull({ cursor, limit }): PullResponse {
      const { journalId } = journal;
      const head = journal.head();
      const after = startOf(journal, cursor);
      if (after === null) return { kind: 'gap', journalId, head };
      return { kind: 'events', journalId, head, events: journal.eventsAfter(after, pageSize(limit)) };
    },

    acknowledge({ journalId, seq }) {
      if (journalId !== journal.journalId) {
        throw new AppError(
          'conflict',
          `Expected an acknowledgement for the journal ${journal.journalId}, got one for ${journalId}.`,
        );
      }
      const head = journal.head();
      if (!Number.isSafeInteger(seq) || seq < 0 || seq > head) {
        throw new AppError('bad-request', `Expected a sequence number from 0 to ${head}, got ${seq}.`);
      }
      if (keepsAll()) heldBack = Math.max(heldBack ?? 0, seq);
      else journal.acknowledge(seq);
    },

    release() {
      if (heldBack !== null) journal.acknowledge(heldBack);
      heldBack = null;
    },

    snapshot(after, limit) {
      const size = pageSize(limit);
      const jobs = journal.jobsAfter(after, size);
      // A page may be shorter than asked for: only a look tells whether there is one after it.
      const last = jobs.at(-1)?.job.id;
      const next = last !== undefined && journal.jobsAfter(last, 1).length > 0 ? last : null;
      return { journalId: journal.journalId, head: journal.head(), jobs, next };
    },

    deliveries(ids) {
      const deliveries = ids.map((id) => store.find(id)).filter((delivery) => delivery !== undefined);
      return { journalId: journal.journalId, head: journal.head(), deliveries };
    },
  };
}

/** Where reading continues, or null where events after the cursor are gone or were never of this journal. */
function startOf(journal: Journal, cursor: OutboxCursor | null): number | null {
  if (cursor !== null && cursor.journalId !== journal.journalId) return null;
  const seq = cursor?.seq ?? 0;
  return seq < journal.floor() || seq > journal.head() ? null : seq;
}

function pageSize(limit: number): number {
  return Math.min(Math.max(Math.trunc(limit), 1), MAX_PAGE);
}
