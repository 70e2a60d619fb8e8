/** An item store in memory that can refuse, and be cut off from its runner as by a crash. */
import { AppError } from '#shared/app-error.ts';
import { ITEM_STATUSES, type ItemRecord, type ItemStatusCounts } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { ItemStore } from '../../src-main/core/ports.ts';
import { type DeliveryDisk, emptyDeliveryDisk } from './memory-delivery-store.ts';

export interface KeptItems {
  isLoaded: boolean;
  items: Map<number, ItemRecord>;
}

/** What is on the disk: it outlives the stores that are opened over it. */
export type ItemDisk = Map<JobId, KeptItems>;

export interface MemoryItemStore extends ItemStore {
  readonly disk: ItemDisk;
  /** What was written, in order: `begin 3`, `end 3 completed` and so on. */
  readonly log: string[];
  /** Writes wait from now on, until `release`. */
  hold(): void;
  release(): void;
  /** Writes reject with this, until it is null. */
  refuseWith(error: Error | null): void;
  /** The nth write from now is made and not answered; no later one is made or answered. */
  crashAfter(writes: number): void;
  readonly hasCrashed: boolean;
}

/** @param deliveries where the items are kept that are to be told: `Disk.deliveries` of the journal in memory */
export function openMemoryItemStore(
  disk: ItemDisk = new Map(),
  deliveries: DeliveryDisk = emptyDeliveryDisk(),
): MemoryItemStore {
  const log: string[] = [];
  let held: (() => void)[] | null = null;
  let refusal: Error | null = null;
  let writesLeft = Number.POSITIVE_INFINITY;

  async function write<T>(entry: string, apply: () => T): Promise<T> {
    if (held !== null) await new Promise<void>((resolve) => held?.push(resolve));
    return await new Promise((resolve, reject) => {
      if (refusal !== null) return reject(refusal);
      writesLeft -= 1;
      if (writesLeft < 0) return undefined;
      try {
        const result = apply();
        log.push(entry);
        if (writesLeft > 0) queueMicrotask(() => resolve(result));
      } catch (error) {
        reject(error);
      }
      return undefined;
    });
  }

  function itemOf(jobId: JobId, index: number): ItemRecord {
    const item = disk.get(jobId)?.items.get(index);
    if (item === undefined) throw new AppError('not-found', `${jobId} has no item ${index}.`);
    return item;
  }

  /** By index, as text and back: what is changed in memory afterwards does not change what is stored. */
  function sorted(jobId: JobId): ItemRecord[] {
    const items = [...(disk.get(jobId)?.items.values() ?? [])];
    return items
      .sort((one, other) => one.index - other.index)
      .map((item) => JSON.parse(JSON.stringify(item)) as ItemRecord);
  }

  return {
    disk,
    log,
    hold() {
      held ??= [];
    },
    release() {
      const waiting = held ?? [];
      held = null;
      for (const resolve of waiting) resolve();
    },
    refuseWith(error) {
      refusal = error;
    },
    crashAfter(writes) {
      writesLeft = writes;
    },
    get hasCrashed() {
      return writesLeft <= 0;
    },
    isLoaded: (jobId) => disk.get(jobId)?.isLoaded ?? false,
    async load(jobId, pages) {
      const kept: KeptItems = { isLoaded: false, items: new Map() };
      await write('load', () => {
        if (disk.get(jobId)?.isLoaded) throw new AppError('conflict', `${jobId} has items already.`);
        disk.set(jobId, kept);
      });
      try {
        for await (const page of pages) {
          await write('page', () => {
            for (const { index, item } of page) {
              if (kept.items.has(index))
                throw new AppError('invalid-document', `Item ${index} is there twice.`);
              kept.items.set(index, { index, item, ...PENDING });
            }
          });
        }
        await write('loaded', () => {
          kept.isLoaded = true;
        });
      } catch (error) {
        disk.delete(jobId);
        throw error;
      }
    },
    counts(jobId) {
      const counts = Object.fromEntries(ITEM_STATUSES.map((status) => [status, 0])) as ItemStatusCounts;
      for (const { status } of disk.get(jobId)?.items.values() ?? []) counts[status] += 1;
      return counts;
    },
    page: (jobId, status, after, limit) =>
      sorted(jobId)
        .filter((item) => item.index > (after ?? -1) && (status === null || item.status === status))
        .slice(0, limit),
    find: (jobId, index) => sorted(jobId).find((item) => item.index === index),
    begin: (jobId, index, attempts) =>
      write(`begin ${index}`, () => {
        Object.assign(itemOf(jobId, index), { status: 'running', attempts });
      }),
    end: (jobId, item, isToBeTold = false) =>
      write(`end ${item.index} ${item.status}`, () => {
        Object.assign(itemOf(jobId, item.index), JSON.parse(JSON.stringify(item)));
        if (!isToBeTold) return;
        deliveries.untold = deliveries.untold.filter(
          (other) => other.jobId !== jobId || other.index !== item.index,
        );
        deliveries.untold.push({ jobId, index: item.index });
      }),
    cancelPending: (jobId) =>
      write('cancel-pending', () => {
        for (const item of disk.get(jobId)?.items.values() ?? []) {
          if (item.status === 'pending') item.status = 'cancelled';
        }
      }),
    forget(ids) {
      for (const id of ids) disk.delete(id);
      deliveries.untold = deliveries.untold.filter(({ jobId }) => !ids.includes(jobId));
    },
  };
}

const PENDING = {
  status: 'pending',
  attempts: 0,
  duration_ns: null,
  ttft_ns: null,
  result: null,
  error: null,
} as const;
