/** One attempt of a delivery: sent, then recorded. What is on its way is in memory alone: a crash sends it again. */

import { AppError } from '#shared/app-error.ts';
import type { Delivery, DeliveryId } from '#shared/callback/delivery.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import type { Ledger } from '../ledger.ts';
import type { CallbackReport, CallbackSender, Clock, DeliveryStore, Random } from '../ports.ts';
import type { CallbackSettings } from '../runner-types.ts';
import { afterAttempt, GONE, IS_GONE, stopped } from './after-attempt.ts';
import { originOf } from './delivery-place.ts';
import type { DeliveryWrites } from './delivery-writes.ts';

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
}

export function createAttempting(context: AttemptingContext): Attempting {
  const { store, sender, ledger, writes, clock, random, settings } = context;

  async function send({ id, url }: Delivery, body: string, signal: AbortSignal): Promise<CallbackReport> {
    const startedAt = clock.now();
    try {
      return await sender.send({ id, url, body, mayGoLocal: store.isAllowed(originOf(url)) }, signal);
    } catch (error) {
      return noAnswer(startedAt, toErrorValue(error).message);
    }
  }

  /** With the delivery as it is then: its owner may have stopped it, or sent it again. */
  async function record(id: DeliveryId, isForgotten: () => boolean, change: Change): Promise<void> {
    const now = clock.now();
    await ledger.persist(() => {
      const delivery = isForgotten() ? undefined : store.find(id);
      if (delivery === undefined) return null;
      const { jobId } = delivery;
      const changed = change(delivery, now);
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
    async attempt(delivery, { signal, ended, isForgotten, isOffline }) {
      const { id, url } = delivery;
      const body = store.body(id);
      if (body === undefined) return;
      if (store.isGone(url)) return record(id, isForgotten, (kept, now) => stopped(kept, IS_GONE, now));
      const report = await send(delivery, body, signal);
      // Before the next one is sent there, and before it is recorded: a crash in between stops it at the next start.
      if (report.statusCode === GONE) store.setGone(url, true);
      ended(report);
      if (signal.aborted && report.outcome === 'no-answer') return;
      const { callbackScheduleMs: scheduleMs } = settings();
      const offline = isOffline();
      await record(id, isForgotten, (kept, now) =>
        afterAttempt(kept, report, { now, scheduleMs, random, isOffline: offline }),
      );
    },
  };
}

type Change = (delivery: Delivery, now: string) => Delivery;

function noAnswer(startedAt: string, error: string): CallbackReport {
  const nothing = { statusCode: null, answer: null, address: null, isSigned: false, durationMs: 0 };
  return { startedAt, outcome: 'no-answer', error, ...nothing };
}
