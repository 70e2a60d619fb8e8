/** Attempts and what follows them, in words. */
import type { CallbackAttempt, Delivery } from '#shared/callback/delivery.ts';
import { plain } from '../data/table.ts';

/** Without a line break. */
export function attemptWords({ statusCode, durationMs, error }: CallbackAttempt): string {
  const took = `${Math.round(durationMs)} ms`;
  if (error === null) return `answered ${statusCode} in ${took}.`;
  return plain(error);
}

/** What comes next, or what it came to. */
export function nextWords({ state, reason, nextAttemptAt }: Delivery): string {
  if (state === 'due') return `The next attempt is due at ${nextAttemptAt}.`;
  return reason === null ? '' : plain(reason);
}
