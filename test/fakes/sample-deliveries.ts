/** Deliveries that were never sent anywhere. Deterministic. */
import type { CallbackAttempt, Delivery, DeliveryId } from '#shared/callback/delivery.ts';
import { sampleJob } from './sample-jobs.ts';

const START_MS = Date.parse('2026-11-01T09:00:00.000Z');

/** A time that is a minute later for each number. */
export const sampleTime = (number: number) => new Date(START_MS + number * 60_000).toISOString();

/** Ids in the order of their numbers. */
export function sampleDeliveryId(number: number): DeliveryId {
  const time = (START_MS + number * 60_000).toString(16).padStart(12, '0');
  return `msg_${time}${number.toString(16).padStart(20, '0')}` as DeliveryId;
}

/** The `number`th, due a minute after the one before it; of the job of the same number, unless `patch` says otherwise. */
export function sampleDelivery(number: number, patch: Partial<Delivery> = {}): Delivery {
  const delivery: Delivery = {
    id: sampleDeliveryId(number),
    jobId: sampleJob(number).id,
    type: 'job.completed',
    url: 'https://example.org/done',
    state: 'due',
    reason: null,
    createdAt: sampleTime(number),
    updatedAt: sampleTime(number),
    nextAttemptAt: sampleTime(number),
    attemptCount: 0,
    step: 0,
    attempts: [],
    ...patch,
  };
  return delivery.state === 'due' ? delivery : { ...delivery, nextAttemptAt: null };
}

/** The same after one more attempt, which failed unless `patch` says that it delivered; due again a day later. */
export function attempted(delivery: Delivery, patch: Partial<Delivery> = {}): Delivery {
  const number = delivery.attemptCount + 1;
  const { state = 'due' } = patch;
  return {
    ...delivery,
    state,
    updatedAt: sampleTime(number),
    nextAttemptAt: state === 'due' ? sampleTime(number * 1440) : null,
    attemptCount: number,
    step: number,
    attempts: [...delivery.attempts, attemptOf(number, state === 'delivered' ? 204 : 500)],
    ...patch,
  };
}

function attemptOf(number: number, statusCode: number): CallbackAttempt {
  return {
    number,
    startedAt: sampleTime(number),
    durationMs: 12.5,
    address: '203.0.113.7',
    isSigned: true,
    statusCode,
    error: statusCode < 300 ? null : `example.org answered ${statusCode}.`,
    answer: statusCode < 300 ? null : 'try later',
  };
}
