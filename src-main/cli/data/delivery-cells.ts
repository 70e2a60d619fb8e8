/** What a list shows of a callback. */
import type { CallbackAttempt, Delivery } from '#shared/callback/delivery.ts';
import { durationWords } from '../words.ts';
import { plain } from './table.ts';

export const DELIVERY_HEADINGS = ['ID', 'STATE', 'TRIES', 'LAST', 'CHANGED', 'JOB', 'EVENT', 'URL'] as const;

export interface DeliveryListContext {
  shortId: (id: string) => string;
  shortJobId: (id: string) => string;
  nowMs: number;
}

export function deliveryCells(
  { id, jobId, type, url, state, nextAttemptAt, updatedAt, attemptCount, attempts }: Delivery,
  { shortId, shortJobId, nowMs }: DeliveryListContext,
): string[] {
  const waitMs = nextAttemptAt === null ? 0 : Date.parse(nextAttemptAt) - nowMs;
  return [
    shortId(id),
    waitMs > 0 ? `${state} in ${durationWords(waitMs)}` : state,
    String(attemptCount),
    lastWords(attempts.at(-1)),
    `${durationWords(Math.max(0, nowMs - Date.parse(updatedAt)))} ago`,
    shortJobId(jobId),
    type,
    plain(url),
  ];
}

function lastWords(attempt: CallbackAttempt | undefined): string {
  if (attempt === undefined) return '';
  return attempt.statusCode === null ? 'no answer' : String(attempt.statusCode);
}
