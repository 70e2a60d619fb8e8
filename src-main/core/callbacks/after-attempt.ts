/** What an attempt makes of its delivery. Pure. */
import { assertNever } from '#shared/app-error.ts';
import {
  type CallbackAttempt,
  type Delivery,
  MAX_ATTEMPTS_KEPT,
  MAX_RETRY_AFTER_MS,
} from '#shared/callback/delivery.ts';
import type { CallbackReport, Random } from '../ports.ts';
import { isoTime } from '../times.ts';
import { originOf } from './delivery-place.ts';
import { waitMs } from './schedule.ts';

/** The receiver takes no more messages at this URL (Standard Webhooks, "Deliverability and reliability"). */
export const GONE = 410;

export interface AttemptContext {
  /** When it ended, RFC 3339. */
  now: string;
  /** As the settings are now: the schedule may be another one than it began with. */
  scheduleMs: readonly number[];
  random: Random;
  /** There is no network where one is needed: that no answer came says nothing of the receiver. */
  isOffline: boolean;
}

/**
 * The delivery after an attempt.
 * @param delivery as it is when the attempt has ended; it may have been stopped or sent again meanwhile
 */
export function afterAttempt(delivery: Delivery, report: CallbackReport, context: AttemptContext): Delivery {
  // Nothing was sent, so it is no attempt.
  if (report.outcome === 'local') return hold(delivery, report, context.now);
  const tried = withAttempt(delivery, report, context.now);
  if (isSuccess(report)) return over(tried, 'delivered', null);
  if (delivery.state !== 'due') return tried;
  if (report.outcome === 'refused') return over(tried, 'stopped', report.error ?? NEVER_SENT);
  if (report.statusCode === GONE) return over(tried, 'stopped', ANSWERED_GONE);
  return failed(tried, report, context);
}

/** True for an answer that takes the message over; a redirect is none. */
export function isSuccess({ outcome, statusCode }: CallbackReport): boolean {
  switch (outcome) {
    case 'answered':
      return statusCode !== null && statusCode >= 200 && statusCode <= 299;
    case 'no-answer':
    case 'refused':
    case 'local':
      return false;
    default:
      return assertNever(outcome);
  }
}

/** A delivery that its owner gave up, or whose URL has answered 410 before. */
export function stopped(delivery: Delivery, reason: string, now: string): Delivery {
  return { ...over(delivery, 'stopped', reason), updatedAt: now };
}

/** A delivery that goes its whole schedule again, from now. */
export function dueAgain(delivery: Delivery, now: string): Delivery {
  return { ...delivery, state: 'due', reason: null, step: 0, nextAttemptAt: now, updatedAt: now };
}

/** A delivery that may go now where it could not. */
export function released(delivery: Delivery, now: string): Delivery {
  return { ...delivery, state: 'due', reason: null, nextAttemptAt: now, updatedAt: now };
}

function failed(delivery: Delivery, report: CallbackReport, context: AttemptContext): Delivery {
  const { now, scheduleMs, random, isOffline } = context;
  // It goes on with the same step once the network is back: the machine holds it until then.
  if (isOffline && report.outcome === 'no-answer') return { ...delivery, nextAttemptAt: now };
  const step = delivery.step + 1;
  if (step >= scheduleMs.length) return over({ ...delivery, step }, 'abandoned', abandonedAfter(step));
  const askedMs = Math.min(Math.max(report.retryAfterMs ?? 0, 0), MAX_RETRY_AFTER_MS);
  const nextMs = Date.parse(now) + Math.max(waitMs(scheduleMs, step, random), Math.ceil(askedMs));
  return { ...delivery, step, nextAttemptAt: isoTime(nextMs) };
}

function hold(delivery: Delivery, { address }: CallbackReport, now: string): Delivery {
  if (delivery.state !== 'due') return delivery;
  const place = address === null ? '' : ` at ${address}`;
  const reason = `${originOf(delivery.url)} is on this machine or in its network${place}, and callbacks were not allowed to go there: allow it, or stop this one.`;
  return { ...delivery, state: 'held', reason, nextAttemptAt: null, updatedAt: now };
}

function over(delivery: Delivery, state: Delivery['state'], reason: string | null): Delivery {
  return { ...delivery, state, reason, nextAttemptAt: null };
}

function withAttempt(delivery: Delivery, report: CallbackReport, now: string): Delivery {
  const { startedAt, durationMs, address, isSigned, statusCode, error, answer } = report;
  const number = delivery.attemptCount + 1;
  const attempt: CallbackAttempt = {
    ...{ number, startedAt, durationMs, address, isSigned, statusCode, error, answer },
  };
  const attempts = [...delivery.attempts, attempt].slice(-MAX_ATTEMPTS_KEPT);
  return { ...delivery, attemptCount: number, attempts, updatedAt: now };
}

function abandonedAfter(attempts: number): string {
  const tries = attempts === 1 ? 'The one attempt' : `None of ${attempts} attempts`;
  return `${tries} of its schedule ${attempts === 1 ? 'did not deliver' : 'delivered'} it: send it again once the receiver answers.`;
}

export const ANSWERED_GONE =
  'The receiver answered 410: it wants no more messages at this URL. Send this one again to try it all the same.';
export const IS_GONE =
  'It was not sent: this URL has answered 410 to an earlier message and wants no more. Send this one again to try it all the same.';
export const STOPPED_BY_HAND = 'It was stopped by hand.';
const NEVER_SENT = 'It was not sent, and never will be: no callback may go to this URL.';
