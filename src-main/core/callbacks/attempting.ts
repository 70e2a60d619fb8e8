/** One attempt of a delivery: sent, then recorded. What is on its way is in memory alone: a crash sends it again. */

import { AppError } from '#shared/app-error.ts';
import type { Delivery } from '#shared/callback/delivery.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import type { Ledger } from '../ledger.ts';
import type { CallbackReport, CallbackSender, Clock, DeliveryStore, Random } from '../ports.ts';
import type { CallbackSettings } from '../runner-types.ts';
import { afterAttempt, GONE, IS_GONE, stopped } from './after-attempt.ts';
import { originOf } from './delivery-place.ts';
import type { DeliveryWrites } from './delivery-writes.ts';
import type { Gathering } from './gathering.ts';

export interface Attempting {
  /**
   * Makes an attempt; resolves when what it came to is durable, or it was broken off.
   * @param ended called when the exchange is over, with what it came to; not called where there was none
   */
  attempt(delivery: Delivery, options: AttemptOptions): Promise<void>;
}

export interface AttemptOptions {
  /** Breaks it off: nothing is recorded then, unless an answer came. */
  signal: AbortSignal;
  ended(report: CallbackReport): void;
  /** The delivery as it is now: its owner may have stopped it, or sent it again. */
  current(): Delivery;
  /** True once nothing may be written about it any more. */
  isForgotten(): boolean;
  /** There is no network where it needs one. */
  isOffline(): boolean;
}

export interface AttemptingContext {
  store: DeliveryStore;
  sender: CallbackSender;
  ledger: Pick<Ledger, 'persist'>;
  writes: DeliveryWrites;
  clock: Clock;
  random: Random;
  settings: () => CallbackSettings;
  gathering: Gathering;
}

export function createAttempting(context: AttemptingContext): Attempting {
  const { store, sender, ledger, writes, clock, random, settings, gathering } = context;

  async function send({ id, url }: Delivery, body: string, signal: AbortSignal): Promise<CallbackReport> {
    const startedAt = clock.now();
    try {
      return await sender.send({ id, url, body, mayGoLocal: store.isAllowed(originOf(url)) }, signal);
    } catch (error) {
      return noAnswer(startedAt, toErrorValue(error).message);
    }
  }

  async function record(
    { current, isForgotten }: AttemptOptions,
    change: (delivery: Delivery) => Delivery,
    now: string,
  ): Promise<void> {
    await ledger.persist(() => {
      if (isForgotten()) return null;
      const delivery = current();
      const { jobId } = delivery;
      const changed = change(delivery);
      const last = changed.attempts.at(-1);
      const wasTried = changed.attemptCount > delivery.attemptCount && delivery.type !== 'batch.items';
      const fields = wasTried && last ? { ...last, sentAt: last.startedAt } : undefined;
      const entry = writes.entryOf([{ jobId, changed: [changed], ...(fields && { fields }) }], now);
      if (entry !== null) return entry;
      throw new AppError(
        'not-found',
        `The record of ${jobId} can't be read, so its callback can't be recorded.`,
      );
    });
  }

  return {
    async attempt(delivery, options) {
      const { id, url } = delivery;
      const { signal, ended, isOffline } = options;
      const body = store.body(id);
      if (body === undefined) return;
      if (store.isGone(url)) {
        const now = clock.now();
        return record(options, (kept) => stopped(kept, IS_GONE, now), now);
      }
      const report = await send(delivery, body, signal);
      // Before the next one is sent there, and before it is recorded: a crash in between stops it at the next start.
      if (report.statusCode === GONE) store.setGone(url, true);
      ended(report);
      if (signal.aborted && report.outcome === 'no-answer') return;
      const now = clock.now();
      const { callbackScheduleMs: scheduleMs } = settings();
      const facts = { now, scheduleMs, random, isOffline: isOffline() };
      await gathering.arrive();
      await record(options, (kept) => afterAttempt(kept, report, facts), now);
    },
  };
}

function noAnswer(startedAt: string, error: string): CallbackReport {
  const nothing = { statusCode: null, answer: null, address: null, isSigned: false, durationMs: 0 };
  return { startedAt, outcome: 'no-answer', error, ...nothing };
}
