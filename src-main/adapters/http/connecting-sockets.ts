/** Connections that are being made: an attempt that is ended before there is one leaves none behind. */
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { buildConnector } from 'undici';
import { type LookUp, socketLookUp } from './look-up.ts';

/** For the way from the look-up of a name to the end of the TLS handshake. */
export const CONNECT_TIMEOUT_MS = 30_000;

export interface ConnectingSockets {
  /** For an undici Agent. */
  connect: buildConnector.connector;
  /** An exchange with `origin` begins. Call what it gives when it has ended; once more does nothing. */
  begin(origin: string): () => void;
}

/**
 * undici makes connections apart from the requests that need them, so that aborting a request while its connection is
 * made ends the request alone. Here what is still being made for an origin is destroyed with its last exchange.
 */
export function createConnectingSockets(
  build: typeof buildConnector,
  { secureContext, lookUp }: { secureContext?: SecureContext; lookUp?: LookUp },
): ConnectingSockets {
  const connector = build({
    timeout: CONNECT_TIMEOUT_MS,
    secureContext,
    ...(lookUp && { lookup: socketLookUp(lookUp) }),
  });
  const exchanges = new Map<string, number>();
  const connecting = new Map<string, Set<Socket>>();

  return {
    connect(options, callback) {
      const origin = `${options.protocol}//${options.host}`;
      const sockets = connecting.get(origin) ?? new Set();
      connecting.set(origin, sockets);
      // Its type leaves out that the connector gives the socket at once.
      const socket: unknown = connector(options, (...result) => {
        sockets.delete(socket as Socket);
        callback(...result);
      });
      sockets.add(socket as Socket);
    },
    begin(origin) {
      exchanges.set(origin, (exchanges.get(origin) ?? 0) + 1);
      let hasEnded = false;
      return () => {
        if (hasEnded) return;
        hasEnded = true;
        const left = (exchanges.get(origin) ?? 1) - 1;
        if (left > 0) return void exchanges.set(origin, left);
        exchanges.delete(origin);
        for (const socket of connecting.get(origin) ?? []) {
          socket.destroy(new Error('The attempt that needed this connection was ended.'));
        }
        connecting.delete(origin);
      };
    },
  };
}
