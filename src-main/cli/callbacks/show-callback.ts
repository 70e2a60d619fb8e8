/** `callbacks show`: all attempts of one, and what is sent. */
import type { CallbackAttempt, Delivery } from '#shared/callback/delivery.ts';
import { type CliContext, EXIT } from '../cli-types.ts';
import { readingData } from '../data/data-directory.ts';
import { findDelivery } from '../data/find-delivery.ts';
import { plain } from '../data/table.ts';
import { writeOut } from '../lines.ts';
import { attemptWords, nextWords } from './callback-words.ts';

export interface ShowCallback {
  data: string;
  id: string;
  json: boolean;
}

export function showCallback({ data, id, json }: ShowCallback, { io }: CliContext): Promise<number> {
  return readingData(data, io, async ({ deliveries }) => {
    const delivery = findDelivery(deliveries, id);
    const body = deliveries.body(delivery.id) ?? '';
    await writeOut(io.stdout, json ? `${JSON.stringify({ ...delivery, body })}\n` : textOf(delivery, body));
    return EXIT.ok;
  });
}

function textOf(delivery: Delivery, body: string): string {
  const { id, jobId, type, url, state, createdAt, attemptCount, attempts } = delivery;
  const dropped = attemptCount - attempts.length;
  const lines = [
    id,
    `${type} of ${jobId}, made at ${createdAt}`,
    `to ${plain(url)}`,
    `${state}. ${nextWords(delivery)}`.trim(),
    '',
    ...(dropped > 0 ? [`${dropped} earlier attempts are not kept.`] : []),
    ...(attemptCount === 0 ? ['No attempt was made yet.'] : attempts.flatMap(attemptLines)),
    '',
    // As it is sent: a pipe to another program gets what the receiver gets.
    body,
  ];
  return `${lines.join('\n')}\n`;
}

function attemptLines(attempt: CallbackAttempt): string[] {
  const { number, startedAt, address, isSigned, answer } = attempt;
  const how = [address ?? 'not connected', isSigned ? 'signed' : 'not signed'].join(', ');
  return [
    `${String(number).padStart(3)}  ${startedAt}  ${attemptWords(attempt)} (${how})`,
    ...(answer === null || answer === '' ? [] : [`     It answered: ${plain(answer).trim()}`]),
  ];
}
