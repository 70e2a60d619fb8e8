import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, statSync, watch, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newJobId } from '#shared/job/job-id.ts';
import {
  startHttpServer,
  startRawServer,
  startTcpServer,
  startTlsServer,
  unusedOrigin,
} from '../../fakes/http-server.ts';
import { aborter, get, openBench } from './harness.ts';

const JOB_ID = newJobId('job', randomUUID);
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n';

describe('a server', () => {
  it('that is not there is named', async () => {
    const origin = await unusedOrigin();
    const report = await openBench().run(get(origin));
    expect(report).toMatchObject({ outcome: 'failed', ttftNs: null });
    expect(report.error).toEqual({
      code: 'network',
      message: `Nothing listens at ${origin.slice(7)}: the connection was refused. (ECONNREFUSED)`,
    });
  });

  it('whose name does not exist is named', async () => {
    const { error } = await openBench().run(get('http://nowhere.invalid/'));
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('nowhere.invalid') });
  });

  it('that resets the connection before it answers says so', async () => {
    const server = await startRawServer((socket) => void socket.resetAndDestroy());
    const { error } = await openBench().run(get(server.origin));
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('before it answered') });
  });

  it.each([
    ['resets', (socket: Socket) => void socket.resetAndDestroy()],
    ['closes', (socket: Socket) => void socket.end()],
  ])(
    'that %s the connection in the middle of its answer says so, and what came is kept',
    async (_, leave) => {
      const { run, outputs } = openBench();
      const server = await startRawServer((socket) => {
        socket.write(`${HEAD}beginning`);
        // Once it is in the file, the client has read it.
        const path = outputs.directoryFor({ jobId: JOB_ID, attempt: 1 });
        const watcher = watch(dirname(path), { recursive: true }, () => {
          if (!existsSync(join(path, 'stdout')) || statSync(join(path, 'stdout')).size === 0) return;
          watcher.close();
          leave(socket);
        });
      });
      mkdirSync(outputs.directoryFor({ jobId: JOB_ID, attempt: 1 }), { recursive: true });
      const report = await run(get(server.origin), { jobId: JOB_ID, attempt: 1 });
      expect(report.error).toMatchObject({
        code: 'network',
        message: expect.stringContaining('in the middle'),
      });
      expect(report.result).toMatchObject({ status_code: 200, stdout: 'beginning' });
    },
  );

  it.each([
    ['garbage', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['half a head', 'HTTP/1.1 200 OK\r\nbroken header\r\n\r\n'],
  ])('that answers with %s is not taken for a web server', async (_, bytes) => {
    const server = await startRawServer((socket) => socket.write(bytes));
    const { error } = await openBench().run(get(server.origin));
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('not HTTP') });
  });

  it('with an endless head is left', async () => {
    const server = await startRawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const pour = () => {
        while (!socket.destroyed && socket.write('x-filler: abcdefghijklmnopqrstuvwxyz\r\n'));
        socket.once('drain', pour);
      };
      pour();
    });
    const { error } = await openBench().run(get(server.origin));
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('too long') });
    await server.allClosed();
  });

  it('that drips is read to its end', async () => {
    const text = 'drop by drop';
    const server = await startHttpServer(async (response) => {
      for (const letter of text)
        await new Promise<void>((resolve) => response.write(letter, () => resolve()));
      response.end();
    });
    expect((await openBench().run(get(server.origin))).result.stdout).toBe(text);
  });
});

describe('a certificate', () => {
  it.each([
    ['expired', 'has expired'],
    ['self-signed', 'is self-signed'],
    [
      'wrong-host',
      'is for another name: use a name that it is for in the address. It is for elsewhere.test.',
    ],
  ] as const)('that is %s is explained', async (certificate, words) => {
    const server = await startTlsServer(certificate);
    const report = await openBench().run(get(server.origin));
    expect(report).toMatchObject({ outcome: 'failed', error: { code: 'tls' } });
    expect(report.error?.message).toContain(words);
    expect(report.error?.message).toContain(`127.0.0.1:${server.port}`);
  });

  it("of an authority that this system trusts is good, with Node's own or without", async () => {
    const server = await startTlsServer('good');
    const { run } = openBench();
    for (let round = 0; round < 2; round += 1) {
      expect(await run(get(server.origin))).toMatchObject({
        outcome: 'completed',
        result: { stdout: 'secret enough' },
      });
    }
  });

  it('is looked for where there is none', async () => {
    const server = await startHttpServer((response) => response.end());
    const { error } = await openBench().run(get(server.origin.replace('http:', 'https:')));
    expect(error).toMatchObject({ code: 'tls', message: expect.stringContaining('does not speak TLS') });
  });
});

/** Servers that stop at each stage of an exchange, and the requests that they stop. */
const STAGES = [
  ['before the connection is secure', 'https', () => startTcpServer(() => undefined)],
  ['before the head of the answer', 'http', () => startRawServer(() => undefined)],
  [
    'in the head of the answer',
    'http',
    () => startRawServer((socket) => socket.write('HTTP/1.1 200 OK\r\n')),
  ],
  ['before the body', 'http', () => startRawServer((socket) => socket.write(HEAD))],
  ['in the body', 'http', () => startRawServer((socket) => socket.write(`${HEAD}beginning`))],
  [
    'in a redirect',
    'http',
    () =>
      startRawServer((socket, head) => {
        if (head.startsWith('GET / ')) {
          socket.write('HTTP/1.1 302 Found\r\nlocation: /there\r\ncontent-length: 0\r\n\r\n');
        }
      }),
  ],
] as const;

describe.each(STAGES)('a server that hangs %s', (_, scheme, start) => {
  const task = (port: number) => get(`${scheme}://127.0.0.1:${port}/`, { max_redirects: 1 });

  it('is left when the time is up', async () => {
    const server = await start();
    const report = await openBench().run(task(server.port), { timeoutMs: 150 });
    expect(report).toMatchObject({ outcome: 'failed', error: { code: 'timeout' } });
    expect(report.error?.message).toContain('150 milliseconds');
    await server.allClosed();
  });

  it('is left when the attempt is cancelled', async () => {
    const server = await start();
    const { signal, abort } = aborter();
    const whole = openBench().run(task(server.port), { signal });
    await server.connected(1);
    abort();
    expect(await whole).toMatchObject({ outcome: 'cancelled' });
    await server.allClosed();
  });
});

describe('an attempt', () => {
  it('that is cancelled before it begins asks nothing', async () => {
    const server = await startHttpServer((response) => response.end());
    expect(await openBench().run(get(server.origin), { signal: AbortSignal.abort() })).toEqual({
      outcome: 'cancelled',
      durationNs: 0,
      ttftNs: null,
      result: {},
    });
    expect(server.connections()).toBe(0);
  });

  it("whose folder can't be made says so", async () => {
    const server = await startHttpServer((response) => response.end('output'));
    const { run, outputs } = openBench();
    const jobId = JOB_ID;
    const directory = dirname(outputs.directoryFor({ jobId, attempt: 1 }));
    mkdirSync(dirname(directory), { recursive: true });
    writeFileSync(directory, 'in the way');
    const report = await run(get(server.origin), { jobId, attempt: 1 });
    expect(report).toMatchObject({ outcome: 'failed', error: { code: 'spawn' } });
    expect(report.error?.message).toContain('The folder for the output');
  });

  it('that another is waiting for at the same server does not take its connection along', async () => {
    const server = await startTcpServer(() => undefined);
    const { run } = openBench();
    const [first, second] = [aborter(), aborter()];
    const task = get(`https://127.0.0.1:${server.port}/`);
    const reports = [run(task, { signal: first.signal }), run(task, { signal: second.signal })];
    await server.connected(2);
    first.abort();
    await reports[0];
    expect(server.open.size).toBe(2);
    second.abort();
    await reports[1];
    await server.allClosed();
  });
});

it('closing the client ends what runs as interrupted', async () => {
  const server = await startRawServer(() => undefined);
  const { run, client } = openBench();
  const whole = run(get(server.origin));
  await server.connected(1);
  await client.close();
  expect((await whole).error).toMatchObject({ code: 'interrupted' });
  await server.allClosed();
});
