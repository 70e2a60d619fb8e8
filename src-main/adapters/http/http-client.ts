/** HTTP over kept-alive connections. One client serves all attempts of a data directory. */
import type { Readable } from 'node:stream';
import type { SecureContext } from 'node:tls';
import type { Agent, request } from 'undici';
import { codeOf } from '../process/system-error.ts';
import { type ConnectingSockets, createConnectingSockets } from './connecting-sockets.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import { explainNetwork } from './explain-network.ts';
import { isUnknownIssuer } from './explain-tls.ts';
import { type Headers, withDefaults } from './headers.ts';
import { systemTrust } from './system-trust.ts';

export interface HttpRequest {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
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
}

export function createHttpClient({ version, readTrust = systemTrust }: HttpClientOptions): HttpClient {
  let usual: Promise<Connections> | undefined;
  /** Made when a certificate first turns up whose issuer Node does not know: most never need it. */
  let trusting: Promise<Connections | null> | undefined;
  /** Origins that only the system trusts. */
  const needTrust = new Set<string>();

  const usualConnections = () => {
    usual ??= connectionsWith();
    return usual;
  };
  const trustingConnections = () => {
    trusting ??= readTrust()
      .then((context) => context && connectionsWith(context))
      // What is told then is that the certificate is not trusted.
      .catch(() => null);
    return trusting;
  };

  const ask = async (request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> => {
    const { origin } = request.url;
    const headers = withDefaults(request.headers, { 'user-agent': `Jobdeck/${version}` });
    const asked = { ...request, headers };
    const known = needTrust.has(origin) ? await trustingConnections() : null;
    try {
      return await askOver(known ?? (await usualConnections()), asked, signal);
    } catch (error) {
      // The handshake failed, so nothing was sent yet.
      const other = known === null && isUnknownIssuer(codeOf(error)) ? await trustingConnections() : null;
      if (other === null) throw error;
      const answer = await askOver(other, asked, signal);
      needTrust.add(origin);
      return answer;
    }
  };

  return {
    async ready() {
      await usualConnections();
    },
    async send(request, signal) {
      try {
        return await ask(request, signal);
      } catch (error) {
        const { code, message } = explainNetwork(error, request.url);
        throw new ExchangeFailure(code, message, { cause: error });
      }
    },
    async close() {
      await (await usual)?.agent.destroy();
      await (await trusting)?.agent.destroy();
    },
  };
}

async function askOver(
  { ask, agent, sockets }: Connections,
  { url, method, headers: asked, body: sent }: HttpRequest,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const end = sockets.begin(url.origin);
  try {
    const answer = ask(url, {
      dispatcher: agent,
      method: method as 'GET',
      headers: asked,
      body: sent,
      signal,
    });
    const { statusCode, statusText, headers, body } = await unlessAborted(answer, signal);
    // A body that is destroyed, or breaks when nobody reads it any more, must not take the process along.
    body.on('error', () => undefined);
    return { url, status: statusCode, reason: statusText, headers, body, end };
  } catch (error) {
    end();
    throw error;
  }
}

/** undici heeds the signal only once there is a connection. */
async function unlessAborted<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
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

interface Connections {
  ask: typeof request;
  agent: Agent;
  sockets: ConnectingSockets;
}

async function connectionsWith(secureContext?: SecureContext): Promise<Connections> {
  // Loaded with the first request: it takes a tenth of a second, and many starts of Jobdeck ask nothing of anyone.
  const { Agent, buildConnector, request } = await import('undici');
  const sockets = createConnectingSockets(buildConnector, secureContext);
  // An attempt's time limit is its own: a model may well think for more than undici's five minutes.
  const agent = new Agent({ connect: sockets.connect, headersTimeout: 0, bodyTimeout: 0 });
  return { ask: request, agent, sockets };
}
