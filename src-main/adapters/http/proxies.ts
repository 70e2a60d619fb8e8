/** Which proxy a request goes through. */

import type { ProxyFor } from '../workspace-types.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import { isLoopback } from './loopback.ts';

/**
 * The proxy for a URL; null for none. Never one for this machine itself, whatever the settings say: that is not on
 * its way.
 * @throws ExchangeFailure where it is of a kind that can't be used
 */
export async function proxyOf(url: URL, proxyFor: ProxyFor): Promise<URL | null> {
  if (isLoopback(url)) return null;
  const text = await proxyFor(url);
  if (text === null) return null;
  const proxy = URL.parse(text);
  if (proxy === null) {
    // Without the text: a password may be in it.
    const message = `The proxy for ${url.host} is not an address such as http://proxy.example.org:3128: correct the proxy settings.`;
    throw new ExchangeFailure('network', message);
  }
  if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:') {
    const message = `The proxy for ${url.host} is one that speaks ${proxy.protocol.slice(0, -1).toUpperCase()}, which Jobdeck does not: give an HTTP proxy in the proxy settings.`;
    throw new ExchangeFailure('network', message);
  }
  return proxy;
}
