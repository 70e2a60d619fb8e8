/** What the window says of callbacks. Pure. */
import { assertNever } from '#shared/app-error.ts';
import {
  type CallbackAttempt,
  type Delivery,
  type DeliveryState,
  type DeliveryType,
  isOpen,
} from '#shared/callback/delivery.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import { parseJson } from '#shared/json/parse-json.ts';
import { formatElapsed } from '../components/format/duration.ts';
import { countOf } from './count-words.ts';
import { callbackSentence } from './stop-words.ts';

export const DELIVERY_STATE_WORDS: Record<DeliveryState, string> = {
  due: 'Waiting',
  held: 'Held',
  delivered: 'Delivered',
  abandoned: 'Given up',
  stopped: 'Stopped',
};

/** The look of a state: the same shapes as those of jobs. */
export const DELIVERY_LOOKS = {
  due: 'waiting',
  held: 'saved',
  delivered: 'done',
  abandoned: 'failed',
  stopped: 'cancelled',
} as const satisfies Record<DeliveryState, string>;

const TYPE_WORDS: Record<DeliveryType, string> = {
  'job.completed': 'Job completed',
  'job.failed': 'Job failed',
  'job.cancelled': 'Job cancelled',
  'job.expired': 'Job expired',
  'batch.items': 'Items of the batch',
};

/** What a message tells of. */
export function deliveryTypeWords(type: DeliveryType): string {
  return TYPE_WORDS[type];
}

/** How a delivery stands, in one phrase: "delivered", "next try in 5 min", "given up after 10 attempts". */
export function deliveryPhrase(delivery: Delivery, nowMs: number): string {
  const { state, attemptCount, nextAttemptAt } = delivery;
  switch (state) {
    case 'due': {
      const left = nextAttemptAt === null ? 0 : Date.parse(nextAttemptAt) - nowMs;
      if (left <= 0) return attemptCount === 0 ? 'being sent' : 'being sent again';
      return `${attemptCount === 0 ? 'first' : 'next'} try in ${formatElapsed(left)}`;
    }
    case 'held':
      return 'held until you allow it';
    case 'delivered':
      return attemptCount > 1 ? `delivered at attempt ${attemptCount}` : 'delivered';
    case 'abandoned':
      return attemptCount > 1 ? `given up after ${countOf(attemptCount, 'attempt')}` : 'given up';
    case 'stopped':
      return 'stopped';
    default:
      return assertNever(state);
  }
}

/** The same, as the beginning of a sentence. */
export function deliverySentence(delivery: Delivery, nowMs: number): string {
  const phrase = deliveryPhrase(delivery, nowMs);
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}

/** How an attempt went: "Delivered, 204", "Answered 503", "No answer". */
export function attemptOutcome(attempt: CallbackAttempt): string {
  const { statusCode } = attempt;
  if (statusCode === null) return 'No answer';
  return isDeliveredAttempt(attempt) ? `Delivered, ${statusCode}` : `Answered ${statusCode}`;
}

export function isDeliveredAttempt({ statusCode }: CallbackAttempt): boolean {
  return statusCode !== null && statusCode >= 200 && statusCode < 300;
}

export interface DeliveryActions {
  /** Sends it once more, or earlier than it would be. */
  send: boolean;
  stop: boolean;
  allow: boolean;
}

export function whatCanBeDoneWith(state: DeliveryState): DeliveryActions {
  return { send: state !== 'held', stop: isOpen({ state }), allow: state === 'held' };
}

/** What the button that sends it is called. */
export function sendWord(state: DeliveryState): string {
  return state === 'due' ? 'Send now' : 'Send again';
}

/** What is said of the callback where nothing was sent yet: when it is, or why not. */
export function unsentSentence(job: BatchJob): string {
  if (job.callback_url === null) return 'No callback was asked for.';
  if (!isTerminal(job.status)) return 'It is sent when the job has ended.';
  const sentence = job.callback_sent_at === null ? null : callbackSentence(job);
  return (
    sentence ??
    'Nothing was sent: this end is switched off in Settings, Callbacks, or the job did not run here.'
  );
}

/** JSON as a person reads it; what is none stays as it is. */
export function prettyBody(body: string): string {
  try {
    return JSON.stringify(parseJson(body), null, 2);
  } catch {
    // Not JSON: shown as it came.
    return body;
  }
}
