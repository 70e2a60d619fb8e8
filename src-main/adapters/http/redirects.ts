/** Redirects: followed only where a task asks for it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { redactText } from '../output/output-sink.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import { headerOf } from './headers.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from './http-client.ts';

const REDIRECTS = [301, 302, 303, 307, 308];

/** Names who asks: no other origin than the one they are for gets them. */
const CREDENTIAL_HEADERS = ['authorization', 'cookie', 'proxy-authorization'];

/** How much of a redirect's own body is read to keep the connection, bytes. */
const MAX_SKIPPED_BYTES = 65_536;

export interface RedirectRules {
  maxRedirects: number;
  /** Values of secrets: no other origin gets them. */
  secrets: readonly string[];
}

/**
 * Sends a request and follows up to `maxRedirects` redirects. After the last of them a further redirect is an answer
 * like any other.
 * @throws ExchangeFailure
 */
export async function sendFollowing(
  client: HttpClient,
  request: HttpRequest,
  { maxRedirects, secrets }: RedirectRules,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  let current = request;
  for (let followed = 0; ; followed += 1) {
    const answer = await client.send(current, signal);
    const location = redirectOf(answer);
    if (location === undefined || followed === maxRedirects) return answer;
    try {
      current = redirected(current, answer.status, location, secrets);
      await skip(answer, signal);
      // By then undici knows that the connection is free.
      await nextTurn();
    } finally {
      answer.body.destroy();
      answer.end();
    }
  }
}

/** Where an answer sends on to; undefined where it does not. */
export function redirectOf({ status, headers }: Pick<HttpAnswer, 'status' | 'headers'>): string | undefined {
  return REDIRECTS.includes(status) ? headerOf(headers, 'location') : undefined;
}

/**
 * The request that follows a redirect, as browsers make it (https://fetch.spec.whatwg.org/#http-redirect-fetch).
 * @throws ExchangeFailure where it may not be followed
 */
export function redirected(
  request: HttpRequest,
  status: number,
  location: string,
  secrets: readonly string[],
): HttpRequest {
  const from = request.url;
  const url = URL.parse(location, from.href);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    const where = url?.protocol ?? JSON.stringify(location);
    throw new ExchangeFailure('http-status', `${from.host} redirects to ${where}, which is no web address.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new ExchangeFailure(
      'http-status',
      `${from.host} redirects to an address of ${url.host} that holds a user name or a password: not followed.`,
    );
  }
  const turnsToGet =
    (status === 303 && request.method !== 'GET' && request.method !== 'HEAD') ||
    ((status === 301 || status === 302) && request.method === 'POST');
  const method = turnsToGet ? 'GET' : request.method;
  const body = turnsToGet ? null : request.body;
  const staysHome = url.origin === from.origin;
  const holdsSecret = (text: string) => redactText(text, secrets) !== text;
  if (!staysHome && body !== null && holdsSecret(body)) {
    throw new ExchangeFailure(
      'http-status',
      `${from.host} redirects to ${url.host}, and the body holds a secret: not followed. Use the new address in the task if that is right.`,
    );
  }
  const headers = Object.entries(request.headers).filter(([name, value]) => {
    const lower = name.toLowerCase();
    if (lower === 'host') return staysHome;
    if (turnsToGet && lower.startsWith('content-')) return false;
    return staysHome || !(CREDENTIAL_HEADERS.includes(lower) || holdsSecret(value));
  });
  return { url, method, headers: Object.fromEntries(headers), body };
}

/** Reads a short body to its end, so that its connection can be used again. */
async function skip({ body }: HttpAnswer, signal: AbortSignal): Promise<void> {
  let skipped = 0;
  try {
    for await (const chunk of body) {
      skipped += (chunk as Uint8Array).length;
      if (skipped > MAX_SKIPPED_BYTES) return;
    }
  } catch (error) {
    // A connection that breaks here was not needed any more.
    if (signal.aborted) throw error;
  }
}
