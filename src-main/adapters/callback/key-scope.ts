/** What a key of callbacks is for: a whole URL, a host at one port, or a host. */
import { AppError } from '#shared/app-error.ts';
import { hostNameOf } from '../http/loopback.ts';

/**
 * A scope as it is kept: `https://example.org/done?a=b`, `example.org:8443` or `example.org`. An address without a
 * path stands for its host.
 * @throws AppError `bad-request`
 */
export function scopeOf(typed: string): string {
  const text = typed.trim();
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  if (url === null || url.hostname === '' || url.username !== '' || url.password !== '') throw refused();
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refused();
  const [, rest = text] = text.split('://');
  if (/[/?]/.test(rest)) {
    if (!text.includes('://')) throw refused();
    return wholeUrl(url);
  }
  if (rest.includes('#')) throw refused();
  // The URL has no port where it is the usual one of its scheme.
  const port = url.port || /:(\d+)$/.exec(rest)?.[1];
  return port === undefined ? hostOf(url) : `${hostOf(url)}:${Number(port)}`;
}

/** The scopes that a URL is in, the most specific first. */
export function scopesOf(url: URL): string[] {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return [wholeUrl(url), `${hostOf(url)}:${port}`, hostOf(url)];
}

function wholeUrl(url: URL): string {
  const whole = new URL(url);
  whole.hash = '';
  return whole.href;
}

const hostOf = (url: URL) => (url.hostname.startsWith('[') ? url.hostname : hostNameOf(url));

/** Without what was typed: a password may be in it. */
const refused = () =>
  new AppError(
    'bad-request',
    'Expected a whole URL such as https://example.org/done, or a host such as example.org or example.org:8443, without user name and password.',
  );
