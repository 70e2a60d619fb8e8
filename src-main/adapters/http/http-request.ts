/** From a task to the request that is sent. */
import type { HttpTask } from '#shared/job/tasks.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import { withDefaults } from './headers.ts';
import type { HttpRequest } from './http-client.ts';

/**
 * The method is GET, or POST where there is a body and the task names none. A text is sent as it is, any other body
 * as JSON; either has a content-type where the task gives none.
 * @throws ExchangeFailure `invalid-task`
 */
export function httpRequestOf({ method, url, headers = {}, body }: HttpTask): HttpRequest {
  const base = {
    url: webAddress(url, 'url'),
    method: (method ?? (body === undefined ? 'GET' : 'POST')).toUpperCase(),
  };
  if (body === undefined) return { ...base, headers, body: null };
  if (typeof body === 'string') {
    return { ...base, headers: withDefaults(headers, { 'content-type': 'text/plain; charset=utf-8' }), body };
  }
  return {
    ...base,
    headers: withDefaults(headers, { 'content-type': 'application/json' }),
    body: JSON.stringify(body),
  };
}

/**
 * An address that may be asked.
 * @param field of the task, for the sentence
 * @throws ExchangeFailure `invalid-task`
 */
export function webAddress(text: string, field: string): URL {
  const problem = (message: string) => new ExchangeFailure('invalid-task', message);
  const url = URL.parse(text);
  if (url === null) {
    throw problem(
      `Expected ${field} to be an absolute address such as https://example.org/, got ${JSON.stringify(text)}.`,
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw problem(`Expected ${field} to begin with http:// or https://, got ${url.protocol}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw problem(
      `Expected ${field} to hold no user name and no password: send them in an authorization header, with {{secret.NAME}}.`,
    );
  }
  return url;
}
