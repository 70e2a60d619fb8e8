/** Makes deliveries: which ends are told, and when the first attempt is. */
import { callbackBody } from '#shared/callback/callback-body.ts';
import type { CallbackEnd, Delivery, DeliveryId, DeliveryType } from '#shared/callback/delivery.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { Random } from '../ports.ts';
import type { CallbackSettings } from '../runner-types.ts';
import { isoTime } from '../times.ts';
import { waitMs } from './schedule.ts';

/** A delivery that is not durable yet, with the bytes it will have for ever. */
export interface MadeDelivery {
  delivery: Delivery;
  body: string;
}

export interface Making {
  /** RFC 3339. */
  now: string;
  random: Random;
  settings: CallbackSettings;
}

/** True where a result is to be posted once the job has ended, if that end is told. */
export function wantsCallback(job: BatchJob): job is BatchJob & { callback_url: string } {
  return job.callback_url !== null && job.callback_url !== '';
}

/** The delivery that the end of a job makes; null where that end is not told. */
export function deliveryOfEnd(job: BatchJob, making: Making): MadeDelivery | null {
  if (!wantsCallback(job) || !making.settings.callbackEnds.some((end) => end === job.status)) return null;
  return newDelivery(endOf(job), job.callback_url, making);
}

/** What tells of the end of a job. */
export function endOf(job: BatchJob): Pick<Delivery, 'jobId' | 'type'> & { body: string } {
  return { jobId: job.id, type: `job.${job.status as CallbackEnd}`, body: callbackBody(job) };
}

/** A message that is due by the schedule's first wait. */
export function newDelivery(
  { jobId, type, body }: { jobId: Delivery['jobId']; type: DeliveryType; body: string },
  url: string,
  { now, random, settings }: Making,
): MadeDelivery {
  const firstMs = Date.parse(now) + waitMs(settings.callbackScheduleMs, 0, random);
  const delivery: Delivery = {
    id: newDeliveryId(now, random),
    jobId,
    type,
    url,
    state: 'due',
    reason: null,
    createdAt: now,
    updatedAt: now,
    nextAttemptAt: isoTime(firstMs),
    attemptCount: 0,
    step: 0,
    attempts: [],
  };
  return { delivery, body };
}

/** Of a version 4 UUID, what is drawn: the two groups between have fixed bits. */
function newDeliveryId(now: string, random: Random): DeliveryId {
  const hex = random.uuid().replaceAll('-', '');
  const time = Date.parse(now).toString(16).padStart(12, '0');
  return `msg_${time}${hex.slice(0, 8)}${hex.slice(20)}` as DeliveryId;
}
