/**
 * Brings the news of jobs to their callback URLs: `due -> sending -> delivered | abandoned | stopped | held`. A
 * delivery is made in the commit of what it tells of; `sending` is in memory alone, so that what a crash interrupts
 * is sent again, with the same id. Of those that wait, a page for each host is in memory.
 */
import { type Delivery, type DeliveryId, isOpen } from '#shared/callback/delivery.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobEvent } from '#shared/job/events.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { ActiveJobs } from '../active-jobs.ts';
import type { Ledger } from '../ledger.ts';
import type { CallbackSender, Clock, DeliveryStore, Journal, Random } from '../ports.ts';
import type { CallbackSettings, Callbacks } from '../runner-types.ts';
import { createAttempting } from './attempting.ts';
import { createByHand } from './by-hand.ts';
import { createDeliveryWrites } from './delivery-writes.ts';
import { createGathering } from './gathering.ts';
import { createItemPacker } from './item-packer.ts';
import { createLeftovers } from './leftovers.ts';
import { deliveryOfEnd, type MadeDelivery, wantsCallback } from './new-delivery.ts';
import { createPump, type Turn } from './pump.ts';

export interface CallbackMachine extends Pick<Callbacks, 'look'> {
  readonly byHand: Pick<Callbacks, 'send' | 'stop' | 'allow'>;
  /** The delivery that belongs into the commit of a job's end; null where that end is not told. */
  ofEnd(job: BatchJob, now: string): MadeDelivery | null;
  /** An event became durable that `ofEnd` made a delivery for. */
  recorded(event: JobEvent): void;
  /** An item of a batch ended, and that is durable. */
  itemEnded(jobId: JobId): void;
  /** Before the end of a batch: what is left of its items is told first. False where the runner stops meanwhile. */
  tellItems(job: BatchJob): Promise<boolean>;
  /** How many are to be sent. */
  dueCount(): number;
  /** True while one of them was never tried. */
  isAnyUntried(): boolean;
  /** True while one is due or on its way. */
  isAnyLeft(): boolean;
  start(): void;
  wake(): void;
  /**
   * Breaks off what is on its way about these jobs, and resolves when nothing more is written about them. What it
   * gives is to be called when the journal has forgotten them.
   */
  leave(ids: readonly JobId[]): Promise<() => void>;
  /** Breaks off what is on its way: it stays due. */
  stop(): Promise<void>;
}

export interface CallbackMachineContext {
  store: DeliveryStore;
  sender: CallbackSender;
  journal: Pick<Journal, 'find' | 'callbacksDue'>;
  ledger: Ledger;
  active: ActiveJobs;
  clock: Clock;
  random: Random;
  settings: () => CallbackSettings;
  findItem: (jobId: JobId, index: number) => ItemRecord | undefined;
  hasNetwork: () => boolean;
  /** An event became durable. */
  told(event: JobEvent): void;
  /** What is due, or was tried, may be otherwise now. */
  changed(): void;
  /** Work that `stop` of the runner waits for, and whose failure is told. */
  background(work: Promise<void>): void;
}

interface OnItsWay {
  jobId: JobId;
  /** It is the first attempt. */
  isFirst: boolean;
  abort: AbortController;
  over: Promise<void>;
  /** As it was written last, since it was handed out. */
  became: Delivery | null;
}

export function createCallbackMachine(context: CallbackMachineContext): CallbackMachine {
  const { store, ledger, clock, random, settings, background } = context;
  const onTheirWay = new Map<DeliveryId, OnItsWay>();
  /** What can't be read or written about: left alone until the next start. */
  const broken = new Set<DeliveryId>();
  /** The jobs that are being forgotten, and how often. */
  const left = new Map<JobId, number>();

  const writes = createDeliveryWrites({
    active: context.active,
    journal: context.journal,
    recorded(event) {
      recorded(event);
      context.told(event);
    },
  });
  const gathering = createGathering(clock, () => pump.sending());
  const attempting = createAttempting({ ...context, writes, gathering });
  const pump = createPump({
    ...{ store, clock, settings, handOut, failed },
    hasNetwork: context.hasNetwork,
    mayWrite: () => ledger.problem() === null,
    isOut: ({ id, jobId }) => onTheirWay.has(id) || broken.has(id) || left.has(jobId),
    outCount: () => onTheirWay.size + broken.size,
  });
  const packer = createItemPacker({ ...context, writes });
  const byHand = createByHand({ ...context, writes, putFirst: pump.putFirst });
  const leftovers = createLeftovers({ ...context, writes });

  function handOut(delivery: Delivery, turn: Turn): void {
    const { id, jobId } = delivery;
    const abort = new AbortController();
    const entry: OnItsWay = {
      ...{ jobId, isFirst: delivery.attemptCount === 0, abort, became: null },
      over: Promise.resolve(),
    };
    onTheirWay.set(id, entry);
    entry.over = attempting
      .attempt(delivery, {
        signal: abort.signal,
        ended: turn.ended,
        isOffline: turn.isOffline,
        isForgotten: () => left.has(jobId),
        current: () => entry.became ?? delivery,
      })
      .catch((error: unknown) => {
        broken.add(id);
        failed(error);
      })
      .then(() => {
        onTheirWay.delete(id);
        turn.over();
        if (entry.became !== null) pump.told(entry.became);
        context.changed();
      });
  }

  function failed(error: unknown): void {
    background(Promise.reject(error));
  }

  function recorded({ deliveries = [] }: JobEvent): void {
    for (const delivery of deliveries) {
      const entry = onTheirWay.get(delivery.id);
      if (entry === undefined) pump.told(delivery);
      else {
        // Not before it is over: until then it would be passed over where it is due again.
        entry.became = delivery;
        // Its owner gave it up.
        if (!isOpen(delivery)) entry.abort.abort();
      }
    }
  }

  async function leave(id: JobId): Promise<void> {
    left.set(id, (left.get(id) ?? 0) + 1);
    packer.forget(id);
    const itsOwn = [...onTheirWay.values()].filter(({ jobId }) => jobId === id);
    for (const { abort } of itsOwn) abort.abort();
    gathering.release();
    await Promise.all(itsOwn.map(({ over }) => over));
    await writes.over(id);
  }

  function isLeft(id: JobId): void {
    const count = (left.get(id) ?? 0) - 1;
    if (count > 0) left.set(id, count);
    else left.delete(id);
  }

  const dueCount = () => store.counts().due + leftovers.count();

  return {
    byHand,
    ofEnd: (job, now) => deliveryOfEnd(job, { now, random, settings: settings() }),
    recorded,
    itemEnded(jobId) {
      const job = context.active.get(jobId)?.job;
      if (job !== undefined && wantsCallback(job)) packer.look(jobId);
    },
    tellItems: (job) => packer.flush(job.id),
    dueCount,
    isAnyUntried: () =>
      // The store knows what was written before it was told: so what is on its way counts until it is over.
      store.counts().untried + leftovers.count() - broken.size > 0 ||
      [...onTheirWay.values()].some(({ isFirst }) => isFirst),
    isAnyLeft: () => dueCount() - broken.size > 0 || onTheirWay.size > 0,
    look: pump.look,
    wake: pump.wake,
    start() {
      leftovers.start();
      packer.start();
      pump.start();
    },
    async leave(ids) {
      await Promise.all(ids.map(leave));
      return () => {
        for (const id of ids) isLeft(id);
        pump.look();
      };
    },
    async stop() {
      pump.stop();
      packer.stop();
      leftovers.stop();
      for (const { abort } of onTheirWay.values()) abort.abort();
      gathering.release();
      await Promise.all([...onTheirWay.values()].map(({ over }) => over));
    },
  };
}
