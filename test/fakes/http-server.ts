/** Servers on this machine that behave as a test says, down to the bytes. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';

const CERTIFICATES = join(import.meta.dirname, '..', 'fixtures', 'tls');

export interface ReceivedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface FakeServer {
  port: number;
  origin: string;
  /** Connections that are open, and how many there ever were. */
  open: ReadonlySet<Socket>;
  connections(): number;
  /** Resolves when so many connections were made. */
  connected(count: number): Promise<void>;
  /** Resolves when no connection is open. */
  allClosed(): Promise<void>;
}

export type Answer = (response: ServerResponse, request: ReceivedRequest) => void;

/** An HTTP server; requests are given to `answer` once their body is there. Listens until the test ends. */
export async function startHttpServer(answer: Answer): Promise<FakeServer & { requests: ReceivedRequest[] }> {
  const requests: ReceivedRequest[] = [];
  const server = createHttpServer(async (incoming, response) => {
    const request = await received(incoming);
    requests.push(request);
    answer(response, request);
  });
  return { ...(await listening(server, 'http')), requests };
}

/** A server that is given each connection and nothing else. */
export function startTcpServer(onSocket: (socket: Socket) => void): Promise<FakeServer> {
  const server = createTcpServer((socket) => {
    // What is not read hides that the other side has left.
    socket.resume();
    onSocket(socket);
  });
  return listening(server, 'http');
}

/** The same with what a client has sent first, the head of a request at least. */
export function startRawServer(onRequest: (socket: Socket, head: string) => void): Promise<FakeServer> {
  return startTcpServer((socket) => {
    let head = '';
    socket.on('data', (chunk) => {
      const had = head.includes('\r\n\r\n');
      head += chunk.toString('latin1');
      if (!had && head.includes('\r\n\r\n')) onRequest(socket, head);
    });
  });
}

/** A server over TLS that answers "secret enough", with one of the certificates in test/fixtures/tls. */
export function startTlsServer(certificate: 'good' | 'expired' | 'wrong-host' | 'self-signed') {
  const read = (ending: string) => readFileSync(join(CERTIFICATES, `${certificate}.${ending}`));
  const server = createTlsServer({ cert: read('pem'), key: read('key') }, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\nsecret enough'));
  });
  return listening(server, 'https');
}

export const testAuthority = () => readFileSync(join(CERTIFICATES, 'authority.pem'), 'utf8');

/** An address where nothing listens. */
export async function unusedOrigin(): Promise<string> {
  const server = createTcpServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

async function received(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

async function listening(server: Server, scheme: string): Promise<FakeServer> {
  const open = new Set<Socket>();
  let connections = 0;
  let waiting: (() => boolean)[] = [];
  const changed = () => {
    waiting = waiting.filter((isOver) => !isOver());
  };
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    connections += 1;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open.delete(socket);
      changed();
    });
    changed();
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const until = (isTrue: () => boolean) =>
    new Promise<void>((resolve) => {
      waiting.push(() => {
        if (isTrue()) resolve();
        return isTrue();
      });
      changed();
    });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `${scheme}://127.0.0.1:${port}`,
    open,
    connections: () => connections,
    connected: (count) => until(() => connections >= count),
    allClosed: () => until(() => open.size === 0),
  };
}
