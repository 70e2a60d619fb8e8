/** An HTTP server on this machine alone that nobody can make wait, fill or break. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '#shared/app-error.ts';
import { hasCode, messageOf } from '../process/system-error.ts';

export interface LoopbackServer {
  readonly port: number;
  /** Breaks off what is open; resolves once the port is free. */
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 128;
/** A sender of callbacks gives up after 15 s, whatever comes of it here. */
const LIMITS = { headersTimeout: 5000, requestTimeout: 20_000, connectionsCheckingInterval: 1000 };

/**
 * Bad requests and slow ones are answered and cut off by Node itself; no connection lasts without a whole request.
 * @param port null for any that is free
 * @param receive a rejection closes the connection
 * @throws AppError `conflict` where the port is taken or not to be had
 */
export async function listenOnLoopback(
  port: number | null,
  receive: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<LoopbackServer> {
  const server = createServer(LIMITS, (request, response) => {
    // Who left before the answer is there is nobody's error.
    response.on('error', () => undefined);
    receive(request, response).catch(() => request.socket.destroy());
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.listen(port ?? 0, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw explained(error, port);
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function explained(error: unknown, port: number | null): AppError {
  if (hasCode(error, 'EADDRINUSE')) {
    return new AppError('conflict', `Port ${port} is taken by another program: choose another one.`);
  }
  if (hasCode(error, 'EACCES')) {
    return new AppError('conflict', `Port ${port} is kept for the system: choose one from 1024 on.`);
  }
  return new AppError('io', `Nothing can listen on port ${port ?? 0} of this machine: ${messageOf(error)}`, {
    cause: error,
  });
}
