/** Kept-alive connections, straight to servers and through proxies. */
import type { SecureContext } from 'node:tls';
import type { Dispatcher, request } from 'undici';
import { CONNECT_TIMEOUT_MS, type ConnectingSockets, createConnectingSockets } from './connecting-sockets.ts';
import type { LookUp } from './look-up.ts';

export interface Connections {
  ask: typeof request;
  /** @param proxy null for straight to the server */
  over(proxy: URL | null): Dispatcher;
  /** An exchange begins over a connection to this origin, the server's or its proxy's: see `ConnectingSockets`. */
  begin: ConnectingSockets['begin'];
  destroy(): Promise<void>;
}

/** @param lookUp of servers; that of proxies is the system's, for a proxy is what its owner set up */
export async function openConnections(lookUp?: LookUp, secureContext?: SecureContext): Promise<Connections> {
  // Loaded with the first request: it takes a tenth of a second, and many starts of Jobdeck ask nothing of anyone.
  const { Agent, buildConnector, Pool, ProxyAgent, request } = await import('undici');
  const servers = createConnectingSockets(buildConnector, { secureContext, lookUp });
  const proxies = createConnectingSockets(buildConnector, { secureContext });
  // An attempt's time limit is its own: a model may well think for more than undici's five minutes.
  const patient = { headersTimeout: 0, bodyTimeout: 0 };
  const agent = new Agent({ ...patient, connect: servers.connect });
  const agents = new Map<string, Dispatcher>();

  const proxyAgent = ({ href }: URL): Dispatcher =>
    new ProxyAgent({
      ...patient,
      uri: href,
      // Only what is secure needs a tunnel, and many proxies give one to port 443 alone.
      proxyTunnel: false,
      requestTls: { secureContext, timeout: CONNECT_TIMEOUT_MS },
      // Asks the proxy for tunnels; one that never answers must not hold a connection for ever.
      clientFactory: (origin) =>
        new Pool(origin, { connect: proxies.connect, headersTimeout: CONNECT_TIMEOUT_MS }),
      factory: (origin, options) =>
        new Pool(origin, { ...options, ...patient, ...(origin === href && { connect: proxies.connect }) }),
    });

  return {
    ask: request,
    over(proxy) {
      if (proxy === null) return agent;
      const known = agents.get(proxy.href) ?? proxyAgent(proxy);
      agents.set(proxy.href, known);
      return known;
    },
    begin(origin) {
      const ends = [servers.begin(origin), proxies.begin(origin)];
      return () => {
        for (const end of ends) end();
      };
    },
    async destroy() {
      await Promise.all([agent, ...agents.values()].map((one) => one.destroy()));
    },
  };
}
