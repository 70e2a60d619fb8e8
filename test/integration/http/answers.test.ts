import { randomUUID } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { newJobId } from '#shared/job/job-id.ts';
import type { HttpTask } from '#shared/job/tasks.ts';
import { startHttpServer, startRawServer } from '../../fakes/http-server.ts';
import { get, openBench } from './harness.ts';

const MIB = 1024 * 1024;

describe('a request', () => {
  it('is a GET with nothing but the name of who asks', async () => {
    const server = await startHttpServer((response) => response.end('hello'));
    const { run } = openBench();
    await run(get(`${server.origin}/a?b=c%20d`));
    expect(server.requests).toEqual([
      {
        method: 'GET',
        path: '/a?b=c%20d',
        headers: {
          host: `127.0.0.1:${server.port}`,
          connection: 'keep-alive',
          'user-agent': 'Jobdeck/1.2.3',
        },
        body: '',
      },
    ]);
  });

  it.each<[string, Partial<HttpTask>, object]>([
    ['JSON', { body: { a: [1, 'ü'] } }, { method: 'POST', type: 'application/json', body: '{"a":[1,"ü"]}' }],
    ['null', { body: null }, { method: 'POST', type: 'application/json', body: 'null' }],
    ['a text', { body: 'ü' }, { method: 'POST', type: 'text/plain; charset=utf-8', body: 'ü' }],
    [
      'a type of its own',
      { method: 'put', headers: { 'Content-Type': 'text/csv' }, body: 'a,b' },
      { method: 'PUT', type: 'text/csv', body: 'a,b' },
    ],
    [
      'a name of its own',
      { headers: { 'User-Agent': 'me' } },
      { method: 'GET', type: undefined, body: '', agent: 'me' },
    ],
  ])('with %s is sent as the task says', async (_, task, expected) => {
    const server = await startHttpServer((response) => response.end());
    await openBench().run(get(server.origin, task));
    const [{ method, headers, body } = expect.fail('Expected a request.')] = server.requests;
    expect({ method, type: headers['content-type'], body, agent: headers['user-agent'] }).toEqual({
      agent: 'Jobdeck/1.2.3',
      ...expected,
    });
  });

  it.each([
    ['nonsense', 'an absolute address'],
    ['file:///etc/passwd', 'http:// or https://'],
    ['http://me:hunter2@127.0.0.1/', 'no user name and no password'],
  ])('to %s is not sent', async (url, words) => {
    const report = await openBench().run(get(url));
    expect(report).toMatchObject({ outcome: 'failed', error: { code: 'invalid-task' } });
    expect(report.error?.message).toContain(words);
    expect(report.error?.message).not.toContain('hunter2');
  });

  it.each([
    ["a header that can't be sent", { headers: { 'x-a': 'line\nbreak' } }],
    ['a header that belongs to the connection', { headers: { 'transfer-encoding': 'chunked' } }],
  ])('with %s is a task to correct', async (_, task) => {
    const server = await startHttpServer((response) => response.end());
    const report = await openBench().run(get(server.origin, task));
    expect(report).toMatchObject({ outcome: 'failed', error: { code: 'invalid-task' } });
  });

  it('goes over the connection of the one before', async () => {
    const server = await startHttpServer((response) => response.end('x'));
    const { run } = openBench();
    for (let round = 0; round < 5; round += 1) await run(get(server.origin));
    expect(server.requests).toHaveLength(5);
    expect(server.connections()).toBe(1);
  });
});

describe('an answer', () => {
  it('is in the output file byte for byte, with the facts of its head in the record', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 * 100 }, (_, at) => at % 256));
    const server = await startHttpServer((response) => {
      response
        .writeHead(200, { 'content-type': 'application/octet-stream', 'x-request-id': 'r-1' })
        .end(bytes);
    });
    const { run, output } = openBench();
    const report = await run(get(server.origin));
    expect(report).toMatchObject({
      outcome: 'completed',
      result: {
        status_code: 200,
        content_type: 'application/octet-stream',
        request_id: 'r-1',
        stdout_bytes: bytes.length,
        truncated: true,
      },
    });
    expect(output().equals(bytes)).toBe(true);
    expect(report.ttftNs).toBeLessThanOrEqual(report.durationNs);
  });

  it('without a body has its head as first output', async () => {
    const server = await startHttpServer((response) => response.writeHead(204).end());
    const report = await openBench().run(get(server.origin));
    expect(report).toMatchObject({ outcome: 'completed', result: { status_code: 204, stdout_bytes: 0 } });
    expect(report.ttftNs).toEqual(expect.any(Number));
  });

  it('to an item that is short and quick is in the record alone', async () => {
    const server = await startHttpServer((response) => response.end('a token of hunter2!'));
    const { run, output } = openBench();
    const report = await run(get(server.origin), { item: 7, redact: ['hunter2!'] });
    expect(report.result).toMatchObject({
      stdout: 'a token of [secret]',
      stdout_bytes: 19,
      truncated: false,
    });
    expect(() => output()).toThrow('ENOENT');
  });

  it.each([
    ['is long', Buffer.alloc(8193, 'x')],
    ['is not UTF-8', Buffer.from([0xff, 0xfe, 0x00])],
  ])('to an item that %s is in its file', async (_, bytes) => {
    const server = await startHttpServer((response) => response.end(bytes));
    const { run, outputs } = openBench();
    const jobId = newJobId('job', randomUUID);
    await run(get(server.origin), { jobId, attempt: 1, item: 7 });
    const kept = await outputs.read({
      jobId,
      attempt: 1,
      item: 7,
      stream: 'stdout',
      offset: 0,
      maxBytes: 9000,
    });
    expect(Buffer.from(kept.bytes).equals(bytes)).toBe(true);
  });

  it('loses the secrets that it repeats, also where it is cut inside one', async () => {
    const server = await startRawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\nbefore hun', () =>
        socket.write('ter2! after'),
      );
    });
    const { run, output } = openBench();
    await run(get(server.origin), { redact: ['hunter2!'] });
    expect(output().toString()).toBe('before [secret] afte');
  });

  it('that says more than the output limit allows loses its middle', async () => {
    const server = await startHttpServer((response) => response.end('x'.repeat(10_000)));
    const { run } = openBench();
    const report = await run(get(server.origin), { maxOutputBytes: 2048 });
    expect(report).toMatchObject({ outcome: 'completed', result: { stdout_bytes: 10_000, truncated: true } });
    expect(report.result.stdout_cut_bytes).toBeGreaterThan(7000);
  });
});

describe('a status', () => {
  it.each([
    [200, undefined, true],
    [204, undefined, true],
    [304, undefined, false],
    [404, undefined, false],
    [500, undefined, false],
    [404, ['2xx', '404'], true],
    [201, ['200'], false],
    [503, ['5xx'], true],
  ])('%i where %j is expected: success is %s', async (status, expected, isSuccess) => {
    const server = await startHttpServer((response) => response.writeHead(status).end());
    const task = get(server.origin, expected && { expect: { status: expected } });
    const report = await openBench().run(task);
    expect(report.outcome).toBe(isSuccess ? 'completed' : 'failed');
    expect(report.error?.code).toBe(isSuccess ? undefined : 'http-status');
    expect(report.result.status_code).toBe(status);
  });

  it('that is not expected is told with what the server says, which is kept', async () => {
    const server = await startHttpServer((response) => {
      response.writeHead(404, { 'content-type': 'application/json' }).end('\n{"error":"no such user"}\nmore');
    });
    const { run, output } = openBench();
    const report = await run(get(server.origin));
    expect(report.error?.message).toBe(
      `127.0.0.1:${server.port} answered 404 Not Found: {"error":"no such user"}`,
    );
    expect(output().toString()).toBe('\n{"error":"no such user"}\nmore');
  });

  it('of a page is told without the first line of its markup', async () => {
    const server = await startHttpServer((response) => {
      response
        .writeHead(502, { 'content-type': 'text/html' })
        .end('<!doctype html>\n<title>Bad gateway</title>');
    });
    const report = await openBench().run(get(server.origin));
    expect(report.error?.message).toBe(`127.0.0.1:${server.port} answered 502 Bad Gateway.`);
  });

  it.each([
    ['retry-after', '7', 7000],
    ['retry-after', 'Wed, 21 Oct 2015 07:28:30 GMT', 30_000],
    ['retry-after-ms', '1500', 1500],
    ['retry-after', 'soon', undefined],
  ])('with %s: %s asks to be left alone for %s ms', async (name, value, expected) => {
    const server = await startHttpServer((response) => {
      response.writeHead(429, { [name]: value, date: 'Wed, 21 Oct 2015 07:28:00 GMT' }).end();
    });
    expect((await openBench().run(get(server.origin))).retryAfterMs).toBe(expected);
  });
});

describe('a limit', () => {
  it('ends an answer without end, and keeps its beginning', async () => {
    const server = await startHttpServer((response) => {
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 'x')));
        response.once('drain', pour);
      };
      pour();
    });
    const { run, output } = openBench();
    const report = await run(get(server.origin, { max_response_bytes: 100_000 }));
    expect(report).toMatchObject({
      outcome: 'failed',
      error: { code: 'too-large' },
      result: { stdout_bytes: 100_000 },
    });
    expect(report.error?.message).toContain('97.7 KiB');
    expect(output()).toHaveLength(100_000);
    await server.allClosed();
  });

  it('is reached by an answer that is exactly as long', async () => {
    const server = await startHttpServer((response) => response.end('12345'));
    const { run } = openBench();
    expect((await run(get(server.origin, { max_response_bytes: 5 }))).outcome).toBe('completed');
    expect((await run(get(server.origin, { max_response_bytes: 4 }))).error?.code).toBe('too-large');
  });

  it('counts what comes out of a small compressed answer', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * MIB));
    const server = await startHttpServer((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    const { run } = openBench();
    const report = await run(get(server.origin, { max_response_bytes: MIB }));
    expect(report).toMatchObject({ error: { code: 'too-large' }, result: { stdout_bytes: MIB } });
  });
});

describe('a compressed answer', () => {
  const text = 'the same words, the same words, the same words';
  it.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['br', brotliCompressSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['identity', Buffer.from(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
  ])('in %s is kept as it was meant', async (encoding, bytes) => {
    const server = await startHttpServer((response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes);
    });
    const report = await openBench().run(get(server.origin));
    expect(report.result.stdout).toBe(text);
  });

  it('in an encoding that is not known is kept as it came', async () => {
    const server = await startHttpServer((response) => {
      response.writeHead(200, { 'content-encoding': 'sdch' }).end('abc');
    });
    expect((await openBench().run(get(server.origin))).result.stdout).toBe('abc');
  });

  it('that has no bytes is an answer without a body', async () => {
    const server = await startHttpServer((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end();
    });
    const { run } = openBench();
    for (const method of ['GET', 'HEAD']) {
      expect((await run(get(server.origin, { method }))).outcome).toBe('completed');
    }
  });

  it.each([
    ['ends too early', gzipSync(text).subarray(0, 20), 'ends in the middle'],
    ['is not compressed', 'plain text', 'is not compressed'],
  ])('that %s fails with a sentence', async (_, bytes, words) => {
    const server = await startHttpServer((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes);
    });
    const report = await openBench().run(get(server.origin));
    expect(report.error).toMatchObject({ code: 'network', message: expect.stringContaining(words) });
  });

  it('in too many layers is refused', async () => {
    const server = await startHttpServer((response) => {
      response.writeHead(200, { 'content-encoding': Array(6).fill('gzip').join(', ') }).end('x');
    });
    const { error } = await openBench().run(get(server.origin));
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('6 times') });
  });
});
