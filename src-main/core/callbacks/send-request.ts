/** What a person asks to be sent: which message, about which job, and where to. */
import { AppError } from '#shared/app-error.ts';
import type { Delivery, DeliveryId } from '#shared/callback/delivery.ts';
import type { CallbackSend } from '#shared/contract/callbacks.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import type { DeliveryStore } from '../ports.ts';
import { dueAgain } from './after-attempt.ts';
import type { DeliveryChange, DeliveryWrites } from './delivery-writes.ts';
import { endOf, type Making, newDelivery } from './new-delivery.ts';

export interface PreparedSend {
  delivery: Delivery;
  change: DeliveryChange;
}

/**
 * What is to be written for it.
 * @throws AppError `not-found`, `conflict` or `bad-request` where there is nothing to send, or nowhere to send it
 */
export function prepareSend(
  send: CallbackSend,
  { store, writes, ...making }: Making & { store: DeliveryStore; writes: DeliveryWrites },
): PreparedSend {
  const { jobId, deliveryId } = send;
  const record = recordOf(send, writes);
  const earlier = deliveryId === null ? null : deliveryOf(jobId, deliveryId, store);
  const url = checkedUrl(send.url ?? earlier?.url ?? record.callback_url, jobId);
  if (earlier !== null && url === earlier.url) {
    const delivery = dueAgain(earlier, making.now);
    return { delivery, change: { jobId, changed: [delivery], record } };
  }
  const message = earlier === null ? messageOf(record) : { ...earlier, body: store.body(earlier.id) ?? '' };
  const { delivery, body } = newDelivery(message, url, making);
  // By hand it waits for nothing.
  const now = { ...delivery, nextAttemptAt: making.now };
  return { delivery: now, change: { jobId, made: [{ delivery: now, body }], record } };
}

function recordOf({ jobId, job }: CallbackSend, writes: DeliveryWrites): BatchJob {
  const kept = writes.recordOf(jobId);
  if (kept !== undefined) return kept;
  if (job !== null && job.id === jobId && isTerminal(job.status)) return job;
  throw new AppError(
    'not-found',
    `The runner does not know ${jobId} any more, so its record is needed to send its callback: expected it to be given, as it ended.`,
  );
}

function messageOf(record: BatchJob) {
  if (isTerminal(record.status)) return endOf(record);
  throw new AppError('conflict', `${record.id} is ${record.status}: its callback is sent when it has ended.`);
}

function deliveryOf(jobId: string, id: DeliveryId, store: DeliveryStore): Delivery {
  const delivery = store.find(id);
  if (delivery?.jobId === jobId) return delivery;
  throw new AppError(
    'not-found',
    `Expected ${id} to be a callback of ${jobId}, and there is none of that id.`,
  );
}

function checkedUrl(text: string | null, jobId: string): string {
  if (text === null || text === '') {
    throw new AppError('bad-request', `${jobId} has no callback_url: give the URL that it is to be sent to.`);
  }
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new AppError(
      'bad-request',
      `Expected a URL that begins with http:// or https://, got ${JSON.stringify(text.slice(0, 200))}.`,
    );
  }
  return text;
}
