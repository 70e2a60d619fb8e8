/** Receivers with what can be wrong with them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MAX_ANSWER_KEPT_BYTES } from '#shared/callback/delivery.ts';
import {
  startHttpServer,
  startRawServer,
  startTcpServer,
  startTlsServer,
  unusedOrigin,
} from '../../fakes/http-server.ts';
import { openSender } from './harness.ts';

const MIB = 1024 * 1024;
const SHORT_MS = 250;
const head = (status: string, length = 1000) => `HTTP/1.1 ${status}\r\ncontent-length: ${length}\r\n\r\n`;

/** The end of what has been written has reached the other side's kernel. */
const written = (socket: Socket, text: string) =>
  new Promise<void>((resolve) => socket.write(text, () => resolve()));

describe('a receiver that never answers, because it', () => {
  it('is not there, is named', async () => {
    const origin = await unusedOrigin();
    expect(await openSender().post(origin)).toMatchObject({
      outcome: 'no-answer',
      statusCode: null,
      error: `Nothing listens at ${origin.slice(7)}: the connection was refused. (ECONNREFUSED)`,
      answer: null,
      address: null,
      isSigned: false,
    });
  });

  it.each<[string, (socket: Socket) => unknown]>([
    ['resets the connection', (socket) => socket.resetAndDestroy()],
    ['closes the connection', (socket) => socket.end()],
    [
      'resets it in the middle of the head',
      (socket) => written(socket, 'HTTP/1.1 200 OK\r\ncontent-le').then(() => socket.resetAndDestroy()),
    ],
    [
      'closes it in the middle of the head',
      (socket) => written(socket, 'HTTP/1.1 200 OK\r\ncontent-le').then(() => socket.end()),
    ],
  ])('%s, is told of', async (_, leave) => {
    const server = await startRawServer((socket) => void leave(socket));
    expect(await openSender().post(server.origin)).toMatchObject({
      outcome: 'no-answer',
      statusCode: null,
      error: expect.stringContaining('closed the connection before it answered'),
      address: '127.0.0.1',
    });
  });

  it.each([
    ['speaks another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 'not HTTP'],
    ['has a broken head', 'HTTP/1.1 200 OK\r\nbroken header\r\n\r\n', 'not HTTP'],
    [
      'wants another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      '',
    ],
  ])('%s, is told of', async (_, bytes, words) => {
    const server = await startRawServer((socket) => socket.write(bytes));
    const report = await openSender().post(server.origin);
    expect(report).toMatchObject({ outcome: 'no-answer', statusCode: null });
    expect(report.error).toContain(words);
    await server.allClosed();
  });

  it('has a head without end, is left', async () => {
    const server = await startRawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const pour = () => {
        while (!socket.destroyed && socket.write('x-filler: abcdefghijklmnopqrstuvwxyz\r\n'));
        socket.once('drain', pour);
      };
      pour();
    });
    expect(await openSender().post(server.origin)).toMatchObject({
      outcome: 'no-answer',
      error: expect.stringContaining('too long'),
    });
    await server.allClosed();
  });
});

describe('a receiver that hangs', () => {
  const tooLate = { outcome: 'no-answer', statusCode: null, error: expect.stringContaining('within 0.25 s') };

  it('in the look-up of its name is left when the time is up', async () => {
    const lookUp = () => new Promise<never>(() => {});
    const report = await openSender({ timeoutMs: SHORT_MS, lookUp }).post('http://slow.test/');
    expect(report).toMatchObject({ ...tooLate, address: null });
  });

  it('before it takes the connection is left when the time is up', async () => {
    const port = await fullBacklog();
    const report = await openSender({ timeoutMs: SHORT_MS }).post(`http://127.0.0.1:${port}/`);
    expect(report).toMatchObject({ ...tooLate, address: null });
  });

  it.each([
    ['before the connection is secure', 'https', () => startTcpServer(() => undefined)],
    ['before the head', 'http', () => startRawServer(() => undefined)],
    ['in the head', 'http', () => startRawServer((socket) => socket.write('HTTP/1.1 200 OK\r\n'))],
    [
      'in the head, drop by drop',
      'http',
      () =>
        startRawServer((socket) => {
          socket.write('HTTP/1.1 200 OK\r\n');
          drip(socket, 'x');
        }),
    ],
  ] as const)('%s is left when the time is up', async (_, scheme, start) => {
    const server = await start();
    const report = await openSender({ timeoutMs: SHORT_MS }).post(`${scheme}://127.0.0.1:${server.port}/`);
    expect(report).toMatchObject(tooLate);
    await server.allClosed();
  });

  it.each<[string, string, string | null, (socket: Socket) => unknown]>([
    ['before the body', '200 OK', null, () => undefined],
    ['in the body', '200 OK', 'beginning', (socket) => socket.write('beginning')],
    ['in the body', '404 Not Found', 'beginning', (socket) => socket.write('beginning')],
  ])('%s has answered %s all the same', async (_, status, answer, go) => {
    const server = await startRawServer((socket) => {
      socket.write(head(status));
      go(socket);
    });
    const report = await openSender({ timeoutMs: SHORT_MS }).post(server.origin);
    expect(report).toMatchObject({ outcome: 'answered', statusCode: Number(status.slice(0, 3)), answer });
    expect(report.error === null).toBe(status.startsWith('2'));
    await server.allClosed();
  });

  it('never quite, but drips, is left with what came by then', async () => {
    const server = await startRawServer((socket) => {
      socket.write(head('200 OK', 100_000));
      drip(socket, 'drip ');
    });
    const report = await openSender({ timeoutMs: SHORT_MS }).post(server.origin);
    expect(report).toMatchObject({ statusCode: 200, error: null });
    expect(report.answer).toMatch(/^(drip )+$/);
    await server.allClosed();
  });
});

describe('a receiver whose answer breaks off in its body', () => {
  it.each<[string, (socket: Socket) => unknown]>([
    ['by a reset', (socket) => socket.resetAndDestroy()],
    ['by its end', (socket) => socket.end()],
    ['by nonsense', (socket) => socket.end('not a chunk')],
  ])('%s has the message if its head says so', async (_, leave) => {
    const server = await startRawServer((socket) => {
      const answer = 'HTTP/1.1 202 Accepted\r\ntransfer-encoding: chunked\r\n\r\n9\r\nbeginning\r\n';
      void written(socket, answer).then(() => leave(socket));
    });
    expect(await openSender().post(server.origin)).toMatchObject({
      outcome: 'answered',
      statusCode: 202,
      error: null,
    });
    await server.allClosed();
  });
});

describe('an answer of a gigabyte', () => {
  it.each([200, 500])('with %i is not read, and its beginning is kept', async (status) => {
    let sentBytes = 0;
    const server = await startHttpServer((response) => {
      const { socket } = response;
      const chunk = Buffer.alloc(MIB, 'x');
      let left = 1024;
      const pour = () => {
        while (left > 0 && !response.destroyed && response.write(chunk)) left -= 1;
        if (left > 0) response.once('drain', pour);
        else response.end();
      };
      response.on('close', () => {
        sentBytes = socket?.bytesWritten ?? Number.NaN;
      });
      response.writeHead(status, { 'content-length': String(1024 * MIB) });
      pour();
    });
    const report = await openSender().post(server.origin);
    expect(report).toMatchObject({ outcome: 'answered', statusCode: status });
    expect(report.answer).toBe('x'.repeat(MAX_ANSWER_KEPT_BYTES));
    await server.allClosed();
    // What is read stays in Jobdeck; what else was sent fills the kernel's buffers, of a few MiB each.
    expect(sentBytes).toBeLessThan(24 * MIB);
  });
});

describe('a certificate', () => {
  it.each([
    ['expired', 'has expired'],
    ['self-signed', 'is self-signed'],
    ['wrong-host', 'It is for elsewhere.test.'],
  ] as const)('that is %s is explained, and nothing was sent', async (certificate, words) => {
    const server = await startTlsServer(certificate);
    const report = await openSender().post(server.origin);
    expect(report).toMatchObject({ outcome: 'no-answer', statusCode: null, address: null });
    expect(report.error).toContain(words);
  });

  it('of an authority that no one here knows is explained', async () => {
    const server = await startTlsServer('good');
    const { error } = await openSender({ readTrust: async () => null }).post(server.origin);
    expect(error).toContain('an authority that is not known here');
  });

  it('is checked for the name in the URL, not for the address that it leads to', async () => {
    const server = await startTlsServer('good');
    const { post } = openSender({ lookUp: async () => [{ address: '127.0.0.1', family: 4 }] });
    expect(await post(`https://localhost:${server.port}/`)).toMatchObject({ statusCode: 200 });
    const other = await post(`https://other.test:${server.port}/`);
    expect(other).toMatchObject({ outcome: 'no-answer', error: expect.stringContaining('another name') });
  });

  it('is missed where there is none', async () => {
    const server = await startHttpServer((response) => response.end());
    const { error } = await openSender().post(server.origin.replace('http:', 'https:'));
    expect(error).toContain('does not speak TLS');
  });
});

it('a connection that is still being made is not left behind', async () => {
  const server = await startTcpServer(() => undefined);
  const abort = new AbortController();
  const sent = openSender().post(`https://127.0.0.1:${server.port}/`, {}, abort.signal);
  await server.connected(1);
  abort.abort();
  expect((await sent).outcome).toBe('no-answer');
  await server.allClosed();
});

function drip(socket: Socket, drop: string): void {
  const timer = setInterval(() => socket.write(drop), 10);
  socket.on('close', () => clearInterval(timer));
}

/** A port whose queue of connections is full, and whose server takes none. */
async function fullBacklog(): Promise<number> {
  const source = `
    const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      require('node:fs').writeSync(1, String(server.address().port));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`;
  const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [text] = await once(child.stdout, 'data');
  const port = Number(String(text));
  const fillers = Array.from({ length: 8 }, () => connect(port, '127.0.0.1'));
  for (const socket of fillers) socket.on('error', () => undefined);
  onTestFinished(() => {
    for (const socket of fillers) socket.destroy();
  });
  // Linux takes one more than the queue is long.
  await Promise.all(fillers.slice(0, 2).map((socket) => once(socket, 'connect')));
  return port;
}
