/** What an earlier life left: callbacks of a version that knew no deliveries, and held ones that are allowed by now. */

import type { Delivery, DeliveryId } from '#shared/callback/delivery.ts';
import type { Disposer } from '#shared/contract/app-api.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { Ledger } from '../ledger.ts';
import type { Clock, DeliveryStore, Journal, Random } from '../ports.ts';
import type { CallbackSettings } from '../runner-types.ts';
import { released } from './after-attempt.ts';
import { originOf } from './delivery-place.ts';
import { changesOf, type DeliveryChange, type DeliveryWrites } from './delivery-writes.ts';
import { endOf, newDelivery, wantsCallback } from './new-delivery.ts';

export interface Leftovers {
  /** How many callbacks have no delivery yet. */
  count(): number;
  start(): void;
  stop(): void;
}

export interface LeftoversContext {
  store: Pick<DeliveryStore, 'page' | 'find' | 'isAllowed'>;
  journal: Pick<Journal, 'callbacksDue'>;
  ledger: Pick<Ledger, 'persist'>;
  writes: DeliveryWrites;
  clock: Clock;
  random: Random;
  settings: () => CallbackSettings;
  background(work: Promise<void>): void;
}

/** How many are looked at in one turn, and are in one commit. */
const PAGE_LENGTH = 100;

export function createLeftovers(context: LeftoversContext): Leftovers {
  const { store, journal, ledger, writes, clock, random, settings } = context;
  let jobs: BatchJob[] = [];
  let isStopped = false;
  let cancelTimer: Disposer | null = null;

  async function adopt(): Promise<void> {
    while (jobs.length > 0 && !isStopped) {
      const some = jobs.slice(0, PAGE_LENGTH);
      const rest = jobs.slice(PAGE_LENGTH);
      const isWritten = await persist(
        (now) => some.filter(wantsCallback).map((job) => deliveryOf(job, now)),
        () => {
          jobs = rest;
        },
      );
      if (!isWritten) return;
    }
  }

  function deliveryOf(job: BatchJob & { callback_url: string }, now: string): DeliveryChange {
    const made = newDelivery(endOf(job), job.callback_url, { now, random, settings: settings() });
    return { jobId: job.id, made: [made] };
  }

  /** A crash came between that their origin was allowed and that they were due again. */
  async function release(before: DeliveryId | null): Promise<void> {
    const held = store.page('held', before, PAGE_LENGTH);
    const last = held.at(-1);
    const allowed = held.filter(({ url }) => store.isAllowed(originOf(url)));
    if (allowed.length > 0) {
      await persist((now) =>
        changesOf(
          allowed
            .map(({ id }) => store.find(id))
            .filter(isHeld)
            .map((delivery) => released(delivery, now)),
        ),
      );
    }
    if (isStopped || last === undefined || held.length < PAGE_LENGTH) return;
    cancelTimer = clock.after(0, () => context.background(release(last.id)));
  }

  function persist(
    decide: (now: string) => readonly DeliveryChange[],
    applied: () => void = () => {},
  ): Promise<boolean> {
    return ledger.persist(() => {
      const now = clock.now();
      const entry = writes.entryOf(decide(now), now);
      return entry && { ...entry, applied };
    });
  }

  return {
    count: () => jobs.length,
    start() {
      jobs = journal.callbacksDue();
      context.background(adopt());
      context.background(release(null));
    },
    stop() {
      isStopped = true;
      cancelTimer?.();
    },
  };
}

function isHeld(delivery: Delivery | undefined): delivery is Delivery {
  return delivery?.state === 'held';
}
