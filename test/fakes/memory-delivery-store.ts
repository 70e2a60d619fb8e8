/** Deliveries in memory: the journal and the item store in memory write them, as those on disk do. */
import { AppError } from '#shared/app-error.ts';
import { type Delivery, type DeliveryId, isOpen } from '#shared/callback/delivery.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { hostOf, originOf } from '../../src-main/core/callbacks/delivery-place.ts';
import type { DeliveryStore, JournalWrite } from '../../src-main/core/ports.ts';

/** What is on the disk: it outlives the stores that are opened over it. */
export interface DeliveryDisk {
  /** In the order in which they were made. */
  deliveries: Map<DeliveryId, { delivery: Delivery; body: string }>;
  /** In the order in which they ended. */
  untold: { jobId: JobId; index: number }[];
  origins: Set<string>;
  gone: Set<string>;
}

export const emptyDeliveryDisk = (): DeliveryDisk => ({
  deliveries: new Map(),
  untold: [],
  origins: new Set(),
  gone: new Set(),
});

export function openMemoryDeliveries(disk: DeliveryDisk = emptyDeliveryDisk()): DeliveryStore {
  const all = () => [...disk.deliveries.values()].map(({ delivery }) => delivery);

  /** Of a job's due deliveries to one URL the oldest, in the order in which they are to be sent. */
  function allSendable(): Delivery[] {
    const seen = new Set<string>();
    const oldest = all().filter(({ jobId, url, state }) => {
      const lane = `${jobId} ${url}`;
      if (state !== 'due' || seen.has(lane)) return false;
      seen.add(lane);
      return true;
    });
    return oldest.sort((one, other) => compare(one.nextAttemptAt ?? '', other.nextAttemptAt ?? ''));
  }

  return {
    counts() {
      const due = all().filter(({ state }) => state === 'due');
      return {
        due: due.length,
        untried: due.filter(({ attemptCount }) => attemptCount === 0).length,
        held: all().filter(({ state }) => state === 'held').length,
      };
    },
    hosts: () =>
      [...Map.groupBy(allSendable(), ({ url }) => hostOf(url))]
        .map(([host, [first]]) => ({ host, nextAttemptAt: first?.nextAttemptAt ?? '' }))
        .sort((one, other) => compare(one.host, other.host)),
    sendable: (host, limit) =>
      copies(allSendable().filter(({ url }) => hostOf(url) === host)).slice(0, limit),
    find(id) {
      const kept = disk.deliveries.get(id);
      return kept === undefined ? undefined : copy(kept.delivery);
    },
    body: (id) => disk.deliveries.get(id)?.body,
    ofJob: (jobId) => copies(all().filter((delivery) => delivery.jobId === jobId)),
    page: (state, before, limit) =>
      copies(
        all()
          .filter((delivery) => state === null || delivery.state === state)
          .filter(({ id }) => before === null || id < before)
          .sort((one, other) => compare(other.id, one.id))
          .slice(0, limit),
      ),
    heldFor: (origin, limit) =>
      copies(all().filter(({ state, url }) => state === 'held' && originOf(url) === origin)).slice(0, limit),
    isAllowed: (origin) => disk.origins.has(origin),
    allow(origins) {
      for (const origin of origins) disk.origins.add(origin);
    },
    isGone: (url) => disk.gone.has(url),
    setGone(url, isGone) {
      if (isGone) disk.gone.add(url);
      else disk.gone.delete(url);
    },
    untoldItems: (id, limit) =>
      disk.untold
        .filter(({ jobId }) => jobId === id)
        .slice(0, limit)
        .map(({ index }) => index),
    jobsWithUntoldItems: () => [...new Set(disk.untold.map(({ jobId }) => jobId))].sort(compare),
  };
}

/** @throws AppError `not-found` where a delivery is new and has no body; nothing is to be written then */
export function checkDeliveries(disk: DeliveryDisk, writes: readonly JournalWrite[]): void {
  const kept = new Set(disk.deliveries.keys());
  for (const { event, newDeliveries = [] } of writes) {
    for (const { id } of event.deliveries ?? []) {
      if (!kept.has(id) && !newDeliveries.some((made) => made.id === id)) {
        throw new AppError('not-found', `Expected a body with the new delivery ${id}, got none.`);
      }
      kept.add(id);
    }
  }
}

export function keepDeliveries(
  disk: DeliveryDisk,
  { event, newDeliveries = [], toldItems = [] }: JournalWrite,
): void {
  for (const delivery of event.deliveries ?? []) {
    const body =
      disk.deliveries.get(delivery.id)?.body ?? newDeliveries.find(({ id }) => id === delivery.id)?.body;
    disk.deliveries.set(delivery.id, { delivery: copy(delivery), body: body ?? '' });
  }
  disk.untold = disk.untold.filter(({ jobId, index }) => jobId !== event.jobId || !toldItems.includes(index));
}

export function hasOpenDelivery(disk: DeliveryDisk, id: JobId): boolean {
  return [...disk.deliveries.values()].some(({ delivery }) => delivery.jobId === id && isOpen(delivery));
}

export function forgetDeliveries(disk: DeliveryDisk, ids: readonly JobId[]): void {
  for (const [id, { delivery }] of disk.deliveries) {
    if (ids.includes(delivery.jobId)) disk.deliveries.delete(id);
  }
}

/** As text and back: what is changed in memory afterwards does not change what is stored. */
const copy = (delivery: Delivery) => JSON.parse(JSON.stringify(delivery)) as Delivery;
const copies = (deliveries: readonly Delivery[]) => deliveries.map(copy);
const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));
