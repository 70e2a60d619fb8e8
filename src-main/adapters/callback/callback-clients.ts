/** The HTTP clients of callbacks, one for each of the places that a callback may go. */
import type { SecureContext } from 'node:tls';
import { createHttpClient, type HttpClient } from '../http/http-client.ts';
import type { LookUp } from '../http/look-up.ts';
import { hostNameOf } from '../http/loopback.ts';
import type { ProxyFor } from '../workspace-types.ts';
import { AddressRefused, checkedLookUp, lookUpBySystem, sharedLookUp } from './checked-lookup.ts';

export interface CallbackClients {
  /** Goes to this machine and its network, too. */
  anywhere: HttpClient;
  /** Goes to the public internet alone. */
  publicOnly: HttpClient;
  ready(): Promise<void>;
  close(): Promise<void>;
}

export interface CallbackClientsOptions {
  version: string;
  proxyFor?: ProxyFor;
  lookUp?: LookUp;
  readTrust?: () => Promise<SecureContext | null>;
}

/**
 * They share no connection, so that one that was made for a callback that may go anywhere is never used by another.
 * Names alone are checked here: an address in the URL is looked up by nobody.
 */
export function callbackClients(options: CallbackClientsOptions): CallbackClients {
  const { version, proxyFor, lookUp = lookUpBySystem, readTrust } = options;
  const shared = sharedLookUp(lookUp);
  const clientFor = (mayGoLocal: boolean) => {
    const checked = checkedLookUp(shared, mayGoLocal);
    return createHttpClient({
      version,
      lookUp: checked,
      ...(readTrust && { readTrust }),
      ...(proxyFor && { proxyFor: checkedProxies(proxyFor, checked) }),
    });
  };
  const anywhere = clientFor(true);
  const publicOnly = clientFor(false);
  return {
    anywhere,
    publicOnly,
    async ready() {
      await Promise.all([anywhere.ready(), publicOnly.ready()]);
    },
    async close() {
      await Promise.all([anywhere.close(), publicOnly.close()]);
    },
  };
}

/**
 * A proxy looks names up itself, and tells nobody what it found; what is found here is the best that can be known. A
 * network may well have names that its proxy alone can look up: those are left to it.
 */
function checkedProxies(proxyFor: ProxyFor, lookUp: LookUp): ProxyFor {
  return async (url) => {
    const proxy = await proxyFor(url);
    if (proxy === null) return null;
    try {
      await lookUp(hostNameOf(url));
    } catch (error) {
      if (error instanceof AddressRefused) throw error;
    }
    return proxy;
  };
}
