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
  /** Gives by how many the open deliveries of the job have become more, which is kept with the job. */
  keep(write: JournalWrite): number;
  /** Ends one whose record can't be read, so that nothing waits behind it. */
  setAside(placed: Placed): void;
  /** Drops up to `limit` of a job; true where there may be more. */
  dropSome(jobId: JobId, limit: number): boolean;
}

type Shared = Pick<Placed, 'state' | 'attempts'>;

export function createDeliveryWrites(statements: DeliveryStatements, untold: UntoldItems): DeliveryWrites {
  function keepOne(delivery: Delivery, newDeliveries: JournalWrite['newDeliveries'] = []): number {
    const { id, jobId, url, state, attemptCount: attempts } = delivery;
    const before = statements.placed(id);
    if (before === undefined) {
      const body = newDeliveries.find((made) => made.id === id)?.body ?? '';
      const lane = statements.laneTo(jobId, url);
      const isBlocked = state === 'due' && lane !== null && statements.dueInOrder(lane).length > 0;
      statements.add(delivery, body, lane, isBlocked);
    } else {
      statements.change(before.ordinal, delivery);
      settleLane(before, state);
    }
    count(before, { state, attempts });
    return Number(isOpen({ state })) - Number(before !== undefined && isOpen(before));
  }

  /** Of those that are due the oldest is sendable, and so the one after it is not. All others were not before. */
  function settleLane(before: Placed, state: DeliveryState): void {
    const isDue = state === 'due';
    if ((before.state === 'due') === isDue) return;
    if (isDue) statements.setBlocked(before.ordinal, true);
    else if (before.isBlocked) return;
    const [oldest, next] = statements.dueInOrder(before.lane);
    if (oldest !== undefined) statements.setBlocked(oldest, false);
    if (next !== undefined) statements.setBlocked(next, true);
  }

  function count(before: Shared | undefined, after: Shared | undefined): void {
    const [from, to] = [shareOf(before), shareOf(after)];
    const by = { due: to.due - from.due, untried: to.untried - from.untried, held: to.held - from.held };
    if (by.due !== 0 || by.untried !== 0 || by.held !== 0) statements.addCounts(by);
  }

  return {
    refusalOf(writes) {
      const kept = new Set<string>();
      for (const { event, newDeliveries } of writes) {
        for (const { id } of event.deliveries ?? []) {
          const isKnown = kept.has(id) || newDeliveries?.some((made) => made.id === id);
          if (!isKnown && statements.placed(id) === undefined) {
            return new AppError('not-found', `Expected a body with the new delivery ${id}, got none.`);
          }
          kept.add(id);
        }
      }
      return null;
    },
    keep({ event, newDeliveries, toldItems = [] }) {
      for (const index of toldItems) untold.unmark(event.jobId, index);
      return (event.deliveries ?? []).reduce((sum, delivery) => sum + keepOne(delivery, newDeliveries), 0);
    },
    setAside(placed) {
      if (!isOpen(placed)) return;
      statements.setAside(placed.ordinal);
      settleLane(placed, 'stopped');
      count(placed, undefined);
      statements.closeOfJob(placed.jobId, 1);
    },
    dropSome(jobId, limit) {
      const dropped = statements.dropSome(jobId, limit);
      for (const delivery of dropped) count(delivery, undefined);
      statements.closeOfJob(jobId, dropped.filter(isOpen).length);
      return dropped.length === limit;
    },
  };
}

const NO_SHARE: DeliveryCounts = { due: 0, untried: 0, held: 0 };

/** What a delivery counts as. */
function shareOf(delivery: Shared | undefined): DeliveryCounts {
  if (delivery === undefined) return NO_SHARE;
  const { state, attempts } = delivery;
  return {
    due: state === 'due' ? 1 : 0,
    untried: state === 'due' && attempts === 0 ? 1 : 0,
    held: state === 'held' ? 1 : 0,
  };
}
