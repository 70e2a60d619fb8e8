/** HTTP over kept-alive connections. One client serves all attempts of a data directory. */
import type { Readable } from 'node:stream';
import type { SecureContext } from 'node:tls';
import { codeOf } from '../process/system-error.ts';
import type { ProxyFor } from '../workspace-types.ts';
import { type OnConnected, tellingAddress } from './connected-address.ts';
import { type Connections, openConnections } from './connections.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import { explainNetwork } from './explain-network.ts';
import { explainProxied } from './explain-proxied.ts';
import { isUnknownIssuer } from './explain-tls.ts';
import { type Headers, withDefaults } from './headers.ts';
import type { LookUp } from './look-up.ts';
import { proxyOf } from './proxies.ts';
import { systemTrust } from './system-trust.ts';

export interface HttpRequest {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  /** Told of the address that it is sent to: the proxy's where it goes through one. */
  onConnected?: OnConnected;
}

export interface HttpAnswer {
  url: URL;
  status: number;
  /** Such as "Not Found"; may be empty. */
  reason: string;
  headers: Headers;
  /** As it came: see `decodedBody`. Has to be read to its end or destroyed. */
  body: Readable;
  /** Call when nothing more is read of the answer. */
  end(): void;
}

export interface HttpClient {
  /** Loads what the first request needs, which takes a while: the time of an attempt begins after it. */
  ready(): Promise<void>;
  /**
   * Sends a request and waits for the head of the answer; follows no redirect. Has no time limit but `signal`.
   * @throws ExchangeFailure
   */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  /** Ends all exchanges and connections. */
  close(): Promise<void>;
}

export interface HttpClientOptions {
  /** Of Jobdeck, for the User-Agent. */
  version: string;
  /** What is trusted where Node's own certificates do not do; for tests. */
  readTrust?: () => Promise<SecureContext | null>;
  /** Looks up the names of servers, and may refuse them; the system's where absent. */
  lookUp?: LookUp;
  /** Where absent, no proxy is used. */
  proxyFor?: ProxyFor;
}

export function createHttpClient({
  version,
  readTrust = systemTrust,
  lookUp,
  proxyFor,
}: HttpClientOptions): HttpClient {
  let usual: Promise<Connections> | undefined;
  /** Made when a certificate first turns up whose issuer Node does not know: most never need it. */
  let trusting: Promise<Connections | null> | undefined;
  /** Origins that only the system trusts. */
  const needTrust = new Set<string>();

  const usualConnections = () => {
    usual ??= openConnections(lookUp);
    return usual;
  };
  const trustingConnections = () => {
    trusting ??= readTrust()
      .then((context) => context && openConnections(lookUp, context))
      // What is told then is that the certificate is not trusted.
      .catch(() => null);
    return trusting;
  };

  const ask = async (request: HttpRequest, proxy: URL | null, signal: AbortSignal): Promise<HttpAnswer> => {
    const { origin } = request.url;
    const headers = withDefaults(request.headers, { 'user-agent': `Jobdeck/${version}` });
    const asked = { ...request, headers };
    const known = needTrust.has(origin) ? await trustingConnections() : null;
    try {
      return await askOver(known ?? (await usualConnections()), asked, proxy, signal);
    } catch (error) {
      // The handshake failed, so nothing was sent yet.
      const other = known === null && isUnknownIssuer(codeOf(error)) ? await trustingConnections() : null;
      if (other === null) throw error;
      const answer = await askOver(other, asked, proxy, signal);
      needTrust.add(origin);
      return answer;
    }
  };

  return {
    async ready() {
      await usualConnections();
    },
    async send(request, signal) {
      const { url } = request;
      let proxy: URL | null = null;
      try {
        proxy = proxyFor === undefined ? null : await unlessAborted(proxyOf(url, proxyFor), signal);
        return await ask(request, proxy, signal);
      } catch (error) {
        if (error instanceof ExchangeFailure) throw error;
        const { code, message } =
          proxy === null ? explainNetwork(error, url) : explainProxied(error, url, proxy);
        throw new ExchangeFailure(code, message, { cause: error });
      }
    },
    async close() {
      await (await usual)?.destroy();
      await (await trusting)?.destroy();
    },
  };
}

async function askOver(
  { ask, over, begin }: Connections,
  { url, method, headers: asked, body: sent, onConnected }: HttpRequest,
  proxy: URL | null,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  // undici would find that out only once there is a connection.
  signal.throwIfAborted();
  const end = begin((proxy ?? url).origin);
  try {
    const start = () =>
      ask(url, { dispatcher: over(proxy), method: method as 'GET', headers: asked, body: sent, signal });
    const answer = onConnected === undefined ? start() : tellingAddress(onConnected, start);
    const { statusCode, statusText, headers, body } = await unlessAborted(answer, signal);
    // A body that is destroyed, or breaks when nobody reads it any more, must not take the process along.
    body.on('error', () => undefined);
    return { url, status: statusCode, reason: statusText, headers, body, end };
  } catch (error) {
    end();
    throw error;
  }
}

/** undici heeds the signal only once there is a connection; and who is asked for a proxy, not at all. */
async function unlessAborted<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([asked, aborted.promise]);
  } catch (error) {
    // It fails as well, a little later.
    asked.catch(() => undefined);
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
