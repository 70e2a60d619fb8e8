/** How long a server asks to be left alone. */
import { type Headers, headerOf } from './headers.ts';

/**
 * Milliseconds, from `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), or from `retry-after-ms`, which OpenAI's
 * servers send; undefined where there is none that can be read. A date is held against the server's own clock where
 * the answer has it in `Date`.
 * @param nowMs this machine's clock
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const exact = headerOf(headers, 'retry-after-ms')?.trim();
  if (exact !== undefined && /^\d+(\.\d+)?$/.test(exact)) return Math.ceil(Number(exact));
  const value = headerOf(headers, 'retry-after')?.trim();
  if (value === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  // An HTTP date begins with the name of a day; what else Date takes for one is a guess.
  const at = /^[A-Z]/i.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  const serverNow = Date.parse(headerOf(headers, 'date') ?? '');
  return Math.max(0, at - (Number.isNaN(serverNow) ? nowMs : serverNow));
}
