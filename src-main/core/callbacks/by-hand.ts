/** What a person asks for: to send again or elsewhere, to give up, to allow where deliveries may go. */
import { type Delivery, type DeliveryId, isOpen } from '#shared/callback/delivery.ts';
import type { CallbackSend, CallbackSendReport } from '#shared/contract/callbacks.ts';
import { type AppErrorValue, toErrorValue } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Ledger } from '../ledger.ts';
import type { Clock, DeliveryStore, Random } from '../ports.ts';
import type { CallbackSettings, Callbacks } from '../runner-types.ts';
import { released, STOPPED_BY_HAND, stopped } from './after-attempt.ts';
import { originOf } from './delivery-place.ts';
import { changesOf, type DeliveryChange, type DeliveryWrites } from './delivery-writes.ts';
import { type PreparedSend, prepareSend } from './send-request.ts';

export interface ByHandContext {
  store: DeliveryStore;
  ledger: Pick<Ledger, 'record'>;
  writes: DeliveryWrites;
  clock: Clock;
  random: Random;
  settings: () => CallbackSettings;
  /** It is durable and due, and is to be sent before others. */
  putFirst(delivery: Delivery): void;
}

/** How many deliveries are in one commit. */
const CHUNK = 100;

export function createByHand(context: ByHandContext): Pick<Callbacks, 'send' | 'stop' | 'allow'> {
  const { store, ledger, writes, clock, random, settings } = context;

  /** One commit, or none where nothing is to be written. */
  function write(decide: (now: string) => readonly DeliveryChange[]): Promise<void> {
    return ledger.record(() => {
      const now = clock.now();
      return writes.entryOf(decide(now), now);
    });
  }

  async function sendSome(sends: readonly CallbackSend[]): Promise<CallbackSendReport> {
    let refused: CallbackSendReport['refused'] = [];
    let taken: PreparedSend[] = [];
    try {
      await write((now) => {
        const making = { now, random, settings: settings() };
        const results = sends.map((send) =>
          attempt(send, () => prepareSend(send, { ...making, store, writes })),
        );
        refused = results.filter((result) => 'error' in result);
        taken = results.filter((result) => 'change' in result);
        for (const { delivery } of taken) open(delivery.url);
        return taken.map(({ change }) => change);
      });
    } catch (error) {
      return { sent: [], refused: sends.map(({ jobId }) => ({ jobId, error: toErrorValue(error) })) };
    }
    const deliveries = taken.map(({ delivery }) => delivery);
    for (const delivery of deliveries) context.putFirst(delivery);
    return { sent: deliveries.map(({ id }) => id), refused };
  }

  /** Who asks for it to be sent there by hand means it, wherever that is and whatever was answered there before. */
  function open(url: string): void {
    const origin = originOf(url);
    if (!store.isAllowed(origin)) store.allow([origin]);
    if (store.isGone(url)) store.setGone(url, false);
  }

  async function stopSome(ids: readonly DeliveryId[]): Promise<DeliveryId[]> {
    let deliveries: Delivery[] = [];
    await write((now) => {
      deliveries = ids
        .map((id) => store.find(id))
        .filter((delivery) => delivery !== undefined && isOpen(delivery))
        .map((delivery) => stopped(delivery as Delivery, STOPPED_BY_HAND, now));
      return changesOf(deliveries);
    });
    return deliveries.map(({ id }) => id);
  }

  /** Lets some go of those that are held for this origin; false where there are none. */
  async function releaseSome(origin: string): Promise<boolean> {
    let isAny = false;
    await write((now) => {
      const deliveries = store.heldFor(origin, CHUNK).map((delivery) => released(delivery, now));
      isAny = deliveries.length > 0;
      return changesOf(deliveries);
    });
    return isAny;
  }

  return {
    async send(sends) {
      const report: CallbackSendReport = { sent: [], refused: [] };
      for (const chunk of chunks(sends)) {
        const { sent, refused } = await sendSome(chunk);
        report.sent.push(...sent);
        report.refused.push(...refused);
      }
      return report;
    },
    async stop(ids) {
      const given: DeliveryId[] = [];
      for (const chunk of chunks([...new Set(ids)])) given.push(...(await stopSome(chunk)));
      return given;
    },
    async allow(origins) {
      const asked = origins.filter((origin) => origin !== '');
      const isNew = asked.filter((origin) => !store.isAllowed(origin));
      if (isNew.length > 0) store.allow(isNew);
      for (const origin of new Set(asked)) while (await releaseSome(origin));
    },
  };
}

function attempt<T extends object>(
  { jobId }: { jobId: JobId },
  action: () => T,
): T | { jobId: JobId; error: AppErrorValue } {
  try {
    return action();
  } catch (error) {
    return { jobId, error: toErrorValue(error) };
  }
}

function* chunks<T>(values: readonly T[]): Generator<T[]> {
  for (let start = 0; start < values.length; start += CHUNK) yield values.slice(start, start + CHUNK);
}
