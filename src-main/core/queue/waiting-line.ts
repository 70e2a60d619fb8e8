/** Those of one queue that want a slot: higher priority first, then by position. */
import { type ActiveJob, priorityOf } from '../active-jobs.ts';
import { createLazyHeap } from '../lazy-heap.ts';
import type { NetworkNeed } from './network-need.ts';

/** Out of date once the job has another ticket, or none. */
export interface Place {
  entry: ActiveJob;
  ticket: number;
  priority: number;
  position: number;
}

export interface WaitingLine {
  /** Lines a job up at its place; where it is in the line already, at its new one. */
  add(entry: ActiveJob, ticket: number): void;
  /** The next one; of those that need no network alone, where there is none. */
  head(hasNetwork: boolean): Place | undefined;
}

export function createWaitingLine(needsNetwork: NetworkNeed): WaitingLine {
  const isLive = ({ entry, ticket }: Place) => entry.ticket === ticket;
  const local = createLazyHeap(comparePlaces, isLive);
  /** By themselves, so that others pass them by while there is no network. */
  const remote = createLazyHeap(comparePlaces, isLive);

  return {
    add(entry, ticket) {
      entry.ticket = ticket;
      const line = needsNetwork(entry.job) ? remote : local;
      line.push({ entry, ticket, priority: priorityOf(entry.job), position: entry.position });
    },
    head(hasNetwork) {
      const one = local.peek();
      const other = hasNetwork ? remote.peek() : undefined;
      if (one === undefined || other === undefined) return one ?? other;
      return comparePlaces(one, other) <= 0 ? one : other;
    },
  };
}

export function comparePlaces(one: Place, other: Place): number {
  return other.priority - one.priority || one.position - other.position || one.ticket - other.ticket;
}
