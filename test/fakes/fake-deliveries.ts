/** Deliveries as the runner would make them. */
import type { CallbackAttempt, Delivery, DeliveryId, DeliveryType } from '#shared/callback/delivery.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { recordCallback, type Transition } from '#shared/job/transition.ts';

/** A delivery that was just made. */
export function dueDelivery(job: BatchJob, url: string, now: string, type?: DeliveryType): Delivery {
  return {
    id: deliveryIdAt(Date.parse(now)),
    jobId: job.id,
    type: type ?? (`job.${job.status}` as DeliveryType),
    url,
    state: 'due',
    reason: null,
    createdAt: now,
    updatedAt: now,
    nextAttemptAt: now,
    attemptCount: 0,
    step: 0,
    attempts: [],
  };
}

/** After an attempt: delivered where the answer was 2xx, otherwise due again at `nextAttemptAt`, or given up. */
export function attempted(
  delivery: Delivery,
  attempt: Partial<CallbackAttempt> & { startedAt: string },
  nextAttemptAt: string | null,
): Delivery {
  const number = delivery.attemptCount + 1;
  const whole: CallbackAttempt = {
    number,
    durationMs: 84,
    address: '127.0.0.1',
    isSigned: false,
    statusCode: null,
    error: null,
    answer: null,
    ...attempt,
  };
  const isDelivered = whole.statusCode !== null && whole.statusCode >= 200 && whole.statusCode < 300;
  const state = isDelivered ? 'delivered' : nextAttemptAt === null ? 'abandoned' : 'due';
  return {
    ...delivery,
    state,
    reason: state === 'abandoned' ? `All ${number} attempts of the schedule were used up.` : null,
    updatedAt: new Date(Date.parse(whole.startedAt) + whole.durationMs).toISOString(),
    nextAttemptAt: state === 'due' ? nextAttemptAt : null,
    attemptCount: number,
    step: delivery.step + 1,
    attempts: [...delivery.attempts, whole],
  };
}

/** The event that tells of a delivery; the last attempt at telling of the job's end is in the record, too. */
export function toldOf(job: BatchJob, delivery: Delivery, now: string): Transition {
  const last = delivery.type === 'batch.items' ? undefined : delivery.attempts.at(-1);
  const { job: recorded, events } = recordCallback(
    job,
    { sentAt: last?.startedAt ?? now, statusCode: last?.statusCode ?? null, error: last?.error ?? null },
    now,
  );
  const kept = last === undefined ? job : recorded;
  return { job: kept, events: events.map((event) => ({ ...event, job: kept, deliveries: [delivery] })) };
}

function deliveryIdAt(ms: number): DeliveryId {
  const random = crypto.randomUUID().replaceAll('-', '').slice(0, 20);
  return `msg_${ms.toString(16).padStart(12, '0')}${random}` as DeliveryId;
}
