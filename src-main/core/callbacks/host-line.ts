/** What waits for one host: a small page of it is in memory, and of what is sent by hand the ids alone. */
import type { Delivery, DeliveryId } from '#shared/callback/delivery.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { DeliveryStore } from '../ports.ts';
import { isElsewhere } from '../queue/network-need.ts';
import { timeOf } from '../times.ts';
import type { Sleeper } from '../waiting/alarm.ts';
import { createHostPace, type HostPace } from './host-pace.ts';

export interface HostLine extends Sleeper {
  readonly host: string;
  readonly pace: HostPace;
  /** It is reached through a network alone. */
  readonly isElsewhere: boolean;
  /** How many of its deliveries were taken and are not over. */
  out: number;
  /** A delivery to it is due at this time, or one that is due may be. */
  told(atMs: number): void;
  /** Sent by hand: before all others. */
  putFirst(id: DeliveryId): void;
  /** What is known of it is out of date. */
  drop(id: DeliveryId): void;
  /**
   * Takes the next delivery that is due; null where there is none.
   * @param onlyFirst leaves alone what was not sent by hand
   */
  take(nowMs: number, onlyFirst: boolean): Delivery | null;
  /** When there may be something to take, milliseconds since 1970; null where that is not known yet. */
  nextMs(): number | null;
}

/** How many deliveries are read at a time. */
export const PAGE_LENGTH = 64;
/** Where a whole page was out, as of a job that is being deleted. */
const LOOK_AGAIN_MS = 1000;

export interface HostLineContext {
  store: Pick<DeliveryStore, 'sendable' | 'find' | 'ofJob'>;
  /** True of what was taken and is not over, and of what is not to be taken. */
  isOut(delivery: Delivery): boolean;
  /** Of about how many it is true. */
  outCount(): number;
}

export function createHostLine(host: string, { store, isOut, outCount }: HostLineContext): HostLine {
  const first = new Set<DeliveryId>();
  let page: Delivery[] = [];
  /** When the next delivery that is not on the page is due, as far as that is known. */
  let nextMs: number | null = null;

  /** What is out comes first in what the store gives, so this many have a page of what is not among them. */
  function read(nowMs: number): void {
    const limit = outCount() + PAGE_LENGTH;
    const found = store.sendable(host, limit);
    const fresh = found.filter((delivery) => !isOut(delivery));
    page = fresh.filter((delivery) => dueMs(delivery) <= nowMs);
    const later = fresh.find((delivery) => dueMs(delivery) > nowMs);
    if (later !== undefined) nextMs = dueMs(later);
    else if (found.length < limit) nextMs = null;
    else nextMs = page.length > 0 ? nowMs : nowMs + LOOK_AGAIN_MS;
  }

  function takeFirst(nowMs: number): Delivery | null {
    const heads = new Map<JobId, ReadonlySet<DeliveryId>>();
    for (const id of first) {
      first.delete(id);
      const delivery = store.find(id);
      if (delivery?.state !== 'due' || isOut(delivery) || dueMs(delivery) > nowMs) continue;
      const { jobId } = delivery;
      const ofJob = heads.get(jobId) ?? headsOf(store.ofJob(jobId));
      heads.set(jobId, ofJob);
      // By hand, too, those to one URL go in order: it comes to its turn after the ones before it.
      if (!ofJob.has(id)) continue;
      page = page.filter((other) => other.id !== id);
      return delivery;
    }
    return null;
  }

  const line: HostLine = {
    host,
    pace: createHostPace(),
    isElsewhere: isElsewhere(`http://${host}`),
    alarmMs: null,
    out: 0,
    told(atMs) {
      nextMs = Math.min(nextMs ?? atMs, atMs);
    },
    putFirst(id) {
      first.add(id);
    },
    drop(id) {
      first.delete(id);
      page = page.filter((delivery) => delivery.id !== id);
    },
    take(nowMs, onlyFirst) {
      const urgent = takeFirst(nowMs);
      if (urgent !== null || onlyFirst) return urgent;
      if (page.length === 0 && nextMs !== null && nextMs <= nowMs) read(nowMs);
      for (let next = page.shift(); next !== undefined; next = page.shift()) if (!isOut(next)) return next;
      return null;
    },
    nextMs: () => (page.length > 0 ? 0 : nextMs),
  };
  return line;
}

/** Of a job's due deliveries the oldest to each URL. */
function headsOf(deliveries: readonly Delivery[]): ReadonlySet<DeliveryId> {
  const heads = new Map<string, DeliveryId>();
  for (const { id, url, state } of deliveries) if (state === 'due' && !heads.has(url)) heads.set(url, id);
  return new Set(heads.values());
}

function dueMs({ nextAttemptAt }: Delivery): number {
  return timeOf(nextAttemptAt) ?? 0;
}
