/** Hands items out as long as there is room, and keeps what comes of each. */
import type { Disposer } from '#shared/contract/app-api.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import type { AttemptReport, AttemptSpec, Clock, ItemStore, Random } from '../ports.ts';
import { type EndedItem, endOfItem } from './item-end.ts';
import { createItemQueue } from './item-queue.ts';
import { createRateLimit } from './rate-limit.ts';
import type { RanItem, RunningItems } from './running-items.ts';
import type { StoreWrites } from './store-writes.ts';
import { monotonicMs, type WaitTime } from './wait-time.ts';

export interface HandOutOptions {
  job: BatchJob;
  store: ItemStore;
  clock: Clock;
  random: Random;
  writes: StoreWrites;
  waitTime: WaitTime;
  running: RunningItems;
  concurrency: () => number;
  specOf: (item: ItemRecord) => AttemptSpec;
  /** False once the batch was ended: no item is taken any more. */
  mayTake: () => boolean;
  cause: () => EndedItem['cause'];
  /** Asked when the store refuses the end of an item: true to leave it to the next start. */
  givesUp: () => boolean;
  /** True where the callback is told of the end of an item. */
  tellsItems: (job: BatchJob) => boolean;
  /** An attempt ended that was started at this monotonic time. */
  reported: (report: AttemptReport, startNs: bigint) => void;
  /** An item came to its end, and that is durable. */
  ended: (item: ItemRecord) => void;
}

export interface HandOut {
  /** Hands out what may be handed out now. To be called whenever one of the options answers otherwise. */
  look(): void;
  /**
   * Resolves when all that was handed out has ended, durably, and nothing is left or may be taken. Rejects where the
   * store can't be read.
   */
  readonly over: Promise<void>;
}

export function createHandOut(options: HandOutOptions): HandOut {
  const { job, store, clock, writes, waitTime, running } = options;
  const queue = createItemQueue(store, job.id);
  const limit = createRateLimit(jobdeckOf(job)?.rate_limit);
  const over = Promise.withResolvers<void>();
  /** Items that were handed out and whose end is not durable yet. */
  let busy = 0;
  let failure: { error: unknown } | null = null;
  let cancelTimer: Disposer | null = null;

  const mayTake = () => failure === null && options.mayTake();

  function look(): void {
    cancelTimer?.();
    cancelTimer = null;
    try {
      const waitMs = takeAll();
      if (waitMs !== null) cancelTimer = clock.after(Math.ceil(waitMs), look);
      if (busy === 0 && (!mayTake() || queue.isEmpty())) end();
    } catch (error) {
      failed(error);
    }
  }

  function end(): void {
    cancelTimer?.();
    if (failure === null) over.resolve();
    else over.reject(failure.error);
  }

  function failed(error: unknown): void {
    failure ??= { error };
    if (busy === 0) end();
  }

  /** Gives the milliseconds until there may be more to take; null where something else than time brings it. */
  function takeAll(): number | null {
    while (mayTake() && !running.isSuspended() && running.size() < options.concurrency()) {
      const limitMs = limit.waitMs(monotonicMs(clock));
      if (limitMs > 0) return Number.isFinite(limitMs) ? limitMs : null;
      const item = queue.take(waitTime.nowMs());
      if (item === null) return untilDue();
      limit.take();
      void handle(item);
    }
    return null;
  }

  function untilDue(): number | null {
    const dueMs = queue.nextDueMs();
    return dueMs === null ? null : Math.max(0, dueMs - waitTime.nowMs());
  }

  async function handle(item: ItemRecord): Promise<void> {
    busy += 1;
    let startNs: bigint | null = null;
    const starts = () => {
      startNs = clock.monotonicNs();
      limit.started(monotonicMs(clock));
      // Whoever waits for the limit knows only now how long.
      look();
    };
    try {
      const ran = await running.run(options.specOf(item), () => begin(item), starts);
      if (startNs === null) limit.giveBack();
      if (ran !== null) {
        if (startNs !== null) options.reported(ran.report, startNs);
        const written = keep(item, ran);
        // Before it is durable: the begin of the next item shares its commit.
        look();
        await written;
      }
    } catch (error) {
      failure ??= { error };
    }
    busy -= 1;
    look();
  }

  function begin(item: ItemRecord): Promise<boolean> {
    const write = () => (mayTake() ? store.begin(job.id, item.index, item.attempts + 1) : null);
    return writes.persist(write, () => !mayTake());
  }

  async function keep(item: ItemRecord, { ran, report }: RanItem): Promise<void> {
    const { record, waitMs } = endOfItem({
      job,
      index: item.index,
      attempt: item.attempts + 1,
      ran,
      report,
      cause: options.cause(),
      random: options.random,
    });
    const dueMs = waitTime.nowMs() + waitMs;
    const isToBeTold = record.status !== 'pending' && options.tellsItems(job);
    const isDurable = await writes.persist(() => store.end(job.id, record, isToBeTold), options.givesUp);
    if (!isDurable) return;
    if (record.status === 'pending') queue.again(item.index, dueMs);
    else options.ended({ ...record, item: item.item });
  }

  return { look, over: over.promise };
}
