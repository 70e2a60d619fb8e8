/** What a write of the journal says of deliveries, within its transaction; and all that is derived from it. */
import { AppError } from '#shared/app-error.ts';
import { type Delivery, type DeliveryState, isOpen } from '#shared/callback/delivery.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JournalWrite } from '../../core/ports.ts';
import type { UntoldItems } from '../items/untold-items.ts';
import type { DeliveryCounts, DeliveryStatements, Placed } from './delivery-statements.ts';

/** Each is called within a transaction, but for the first. */
export interface DeliveryWrites {
  /** Why these are not to be written, or null: nothing of them is written then. */
  refusalOf(writes: readonly JournalWrite[]): AppError | null;
  /** After the job itself is written, whose row says whether a delivery of it is open. */
  keep(write: JournalWrite): void;
  /** Ends one whose record can't be read, so that nothing waits behind it. */
  setAside(placed: Placed): void;
  forget(jobId: JobId): void;
}

type Before = Pick<Placed, 'state' | 'attempts'> | null;

export function createDeliveryWrites(statements: DeliveryStatements, untold: UntoldItems): DeliveryWrites {
  function keepOne(delivery: Delivery, newDeliveries: JournalWrite['newDeliveries'] = []): void {
    const { id, jobId, url, state, attemptCount: attempts } = delivery;
    const before = statements.placed(id);
    if (before === undefined) {
      const body = newDeliveries.find((made) => made.id === id)?.body ?? '';
      const isBlocked = state === 'due' && statements.dueInOrder(jobId, url).length > 0;
      statements.add(delivery, body, isBlocked);
      count(null, { state, attempts });
      return;
    }
    statements.change(before.ordinal, delivery);
    moved(before, { state, attempts });
  }

  function moved(before: Placed, after: Exclude<Before, null>): void {
    const isDue = after.state === 'due';
    if ((before.state === 'due') !== isDue) {
      statements.setBlocked(before.ordinal, isDue);
      openLane(before);
    }
    count(before, after);
  }

  /** Of those that are due the oldest is sendable, and so the one after it is not. All others were not before. */
  function openLane({ jobId, url }: Placed): void {
    const [oldest, next] = statements.dueInOrder(jobId, url);
    if (oldest !== undefined) statements.setBlocked(oldest, false);
    if (next !== undefined) statements.setBlocked(next, true);
  }

  function count(before: Before, after: Before): void {
    const [from, to] = [shareOf(before), shareOf(after)];
    const by = { due: to.due - from.due, untried: to.untried - from.untried, held: to.held - from.held };
    if (by.due !== 0 || by.untried !== 0 || by.held !== 0) statements.addCounts(by);
  }

  return {
    refusalOf(writes) {
      for (const { event } of writes) {
        for (const { id } of event.deliveries ?? []) {
          if (writes.some(({ newDeliveries }) => newDeliveries?.some((made) => made.id === id))) continue;
          if (statements.placed(id) !== undefined) continue;
          return new AppError('not-found', `Expected a body with the new delivery ${id}, got none.`);
        }
      }
      return null;
    },
    keep({ event, newDeliveries, toldItems = [] }) {
      for (const delivery of event.deliveries ?? []) keepOne(delivery, newDeliveries);
      if (event.deliveries !== undefined) statements.settleJob(event.jobId);
      for (const index of toldItems) untold.unmark(event.jobId, index);
    },
    setAside(placed) {
      if (!isOpen(placed)) return;
      statements.setAside(placed.ordinal);
      moved(placed, { state: 'stopped', attempts: placed.attempts });
      statements.settleJob(placed.jobId);
    },
    forget(jobId) {
      for (const dropped of statements.drop(jobId)) count(dropped, null);
    },
  };
}

const NO_SHARE: DeliveryCounts = { due: 0, untried: 0, held: 0 };

/** What a delivery counts as. */
function shareOf(delivery: { state: DeliveryState; attempts: number } | null): DeliveryCounts {
  if (delivery === null) return NO_SHARE;
  const { state, attempts } = delivery;
  return {
    due: state === 'due' ? 1 : 0,
    untried: state === 'due' && attempts === 0 ? 1 : 0,
    held: state === 'held' ? 1 : 0,
  };
}
