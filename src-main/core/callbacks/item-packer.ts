/**
 * Tells of the items of batches: those that ended meanwhile in one message, at most one a second of each job. A
 * message and that its items are told are in one commit, so a crash tells none twice and forgets none.
 */
import { itemsBody } from '#shared/callback/items-body.ts';
import type { Disposer } from '#shared/contract/app-api.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Ledger } from '../ledger.ts';
import type { Clock, DeliveryStore, Random } from '../ports.ts';
import type { CallbackSettings } from '../runner-types.ts';
import type { DeliveryChange, DeliveryWrites } from './delivery-writes.ts';
import { type MadeDelivery, newDelivery, wantsCallback } from './new-delivery.ts';

/** How long items are gathered for one message, milliseconds. */
export const GATHER_MS = 1000;
/** The most items that one message tells of. */
export const MAX_ITEMS = 100;
/** How many messages are made in one commit where all is told at once. */
const MESSAGES_A_COMMIT = 5;

export interface ItemPacker {
  /** There may be items to tell of. */
  look(jobId: JobId): void;
  /**
   * Makes messages of all that is left, at once, and resolves when they are durable: the batch ends. False where
   * that was given up because the runner stops.
   */
  flush(jobId: JobId): Promise<boolean>;
  forget(jobId: JobId): void;
  /** Takes up what an earlier life left. */
  start(): void;
  /** Packs nothing more: the next start does. */
  stop(): void;
}

export interface ItemPackerContext {
  store: Pick<DeliveryStore, 'untoldItems' | 'jobsWithUntoldItems'>;
  findItem: (jobId: JobId, index: number) => ItemRecord | undefined;
  ledger: Pick<Ledger, 'persist'>;
  writes: DeliveryWrites;
  clock: Clock;
  random: Random;
  settings: () => CallbackSettings;
  /** Work that `stop` of the runner waits for. */
  background(work: Promise<void>): void;
}

export function createItemPacker(context: ItemPackerContext): ItemPacker {
  const { store, ledger, writes, clock } = context;
  const timers = new Map<JobId, Disposer>();
  let isStopped = false;

  function look(jobId: JobId): void {
    if (isStopped || timers.has(jobId)) return;
    timers.set(
      jobId,
      clock.after(GATHER_MS, () => context.background(packOne(jobId))),
    );
  }

  async function packOne(jobId: JobId): Promise<void> {
    const packed = await pack(jobId, 1);
    if (timers.delete(jobId) && packed === 'written' && store.untoldItems(jobId, 1).length > 0) look(jobId);
  }

  /** Makes up to so many messages, in one commit. */
  async function pack(jobId: JobId, most: number): Promise<'written' | 'nothing' | 'given-up'> {
    let isAny = false;
    const isWritten = await ledger.persist(() => {
      const now = clock.now();
      const change = changeOf(jobId, most, now);
      isAny = change !== null;
      return change === null ? null : writes.entryOf([change], now);
    });
    if (isWritten) return 'written';
    return isAny ? 'given-up' : 'nothing';
  }

  function changeOf(jobId: JobId, most: number, now: string): DeliveryChange | null {
    const job = writes.recordOf(jobId);
    const indexes = store.untoldItems(jobId, most * MAX_ITEMS);
    if (job === undefined || indexes.length === 0) return null;
    const making = { now, random: context.random, settings: context.settings() };
    const made: MadeDelivery[] = [];
    const items = indexes.map((index) => context.findItem(jobId, index)).filter((item) => item !== undefined);
    let taken = 0;
    while (taken < items.length && made.length < most && wantsCallback(job)) {
      const { body, count } = itemsBody(job, items.slice(taken, taken + MAX_ITEMS), now);
      made.push(newDelivery({ jobId, type: 'batch.items', body }, job.callback_url, making));
      taken += count;
    }
    // Of what can't be read any more there is nothing to tell.
    const left = new Set(made.length === 0 ? [] : items.slice(taken).map(({ index }) => index));
    return { jobId, made, toldItems: indexes.filter((index) => !left.has(index)) };
  }

  return {
    look,
    async flush(jobId) {
      timers.get(jobId)?.();
      timers.delete(jobId);
      for (;;) {
        if (store.untoldItems(jobId, 1).length === 0) return true;
        const packed = await pack(jobId, MESSAGES_A_COMMIT);
        if (packed !== 'written') return packed === 'nothing';
      }
    },
    forget(jobId) {
      timers.get(jobId)?.();
      timers.delete(jobId);
    },
    start() {
      for (const jobId of store.jobsWithUntoldItems()) look(jobId);
    },
    stop() {
      isStopped = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}
