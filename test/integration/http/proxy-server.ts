/** A proxy on this machine, which takes every name for this machine. */
import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ProxyServer {
  url: string;
  host: string;
  /** `CONNECT example.test:443`, `GET http://example.test/`. */
  asked: string[];
  credentials: (string | undefined)[];
  /** Resolves when it was asked so often. */
  askedTimes(count: number): Promise<void>;
}

export type ProxyManner = 'lets-through' | 'refuses' | 'wants-password' | 'hangs';

/** Listens until the test ends. */
export async function startProxy(manner: ProxyManner = 'lets-through'): Promise<ProxyServer> {
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  let waiting: { count: number; resolve: () => void }[] = [];
  const note = (line: string, password: string | undefined) => {
    asked.push(line);
    credentials.push(password);
    for (const { count, resolve } of waiting) if (asked.length >= count) resolve();
    waiting = waiting.filter(({ count }) => asked.length < count);
  };
  const status = manner === 'refuses' ? 403 : 407;

  const server = createServer((incoming, response) => {
    note(`${incoming.method} ${incoming.url}`, incoming.headers['proxy-authorization']);
    if (manner === 'hangs') return;
    if (manner !== 'lets-through') return void response.writeHead(status).end('the proxy says no');
    const { port, pathname, search } = new URL(incoming.url ?? '');
    const { method, headers } = incoming;
    const onward = ask({ host: '127.0.0.1', port, path: pathname + search, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    incoming.pipe(onward);
  });
  server.on('connect', (incoming, socket: Socket) => {
    note(`CONNECT ${incoming.url}`, incoming.headers['proxy-authorization']);
    if (manner === 'hangs') return;
    if (manner !== 'lets-through') return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const onward = connect(Number(incoming.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    sockets.add(onward);
    onward.on('error', () => socket.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    asked,
    credentials,
    askedTimes: (count) =>
      new Promise((resolve) => (asked.length >= count ? resolve() : waiting.push({ count, resolve }))),
  };
}
