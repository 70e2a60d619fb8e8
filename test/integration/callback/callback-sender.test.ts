import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { answerWith, MESSAGE_ID, openSender, startReceiver } from './harness.ts';

const NOW = '2026-11-01T08:00:00.900Z';

describe('a callback', () => {
  it('is one POST of the bytes it was given, with the headers of Standard Webhooks', async () => {
    const receiver = await startReceiver(answerWith(200, {}, 'thank you'));
    const { post } = openSender({ now: () => NOW });
    const report = await post(receiver.url, { body: '{"ü":"😀"}' });
    expect(receiver.posts).toEqual([
      {
        method: 'POST',
        path: '/done?token=a%20b',
        headers: {
          host: `127.0.0.1:${receiver.port}`,
          connection: 'keep-alive',
          'content-type': 'application/json',
          'content-length': '13',
          'accept-encoding': 'identity',
          'user-agent': 'Jobdeck/1.2.3',
          'webhook-id': MESSAGE_ID,
          'webhook-timestamp': String(Math.floor(Date.parse(NOW) / 1000)),
        },
        bytes: Buffer.from('{"ü":"😀"}'),
        body: '{"ü":"😀"}',
      },
    ]);
    expect(report).toEqual({
      startedAt: NOW,
      durationMs: expect.any(Number),
      outcome: 'answered',
      statusCode: 200,
      error: null,
      answer: 'thank you',
      address: '127.0.0.1',
      isSigned: false,
    });
  });

  it('is previewed as it would be sent', async () => {
    const receiver = await startReceiver();
    const { sender, post } = openSender({ now: () => NOW });
    await post(receiver.url);
    const preview = sender.previewOf({ id: MESSAGE_ID, url: receiver.url }, '{"a":1}');
    expect(preview).toMatchObject({ url: receiver.url, body: '{"a":1}' });
    expect(receiver.posts[0]?.headers).toMatchObject(preview.headers);
  });

  it('goes over the connection of the one before', async () => {
    const receiver = await startReceiver(answerWith(500, {}, 'no'));
    const { post } = openSender();
    for (let round = 0; round < 5; round += 1) {
      await post(receiver.url);
      // By then undici knows that the connection is free.
      await nextTurn();
    }
    expect(receiver.posts).toHaveLength(5);
    expect(receiver.connections()).toBe(1);
  });

  it('ends when it is broken off, before it begins or on the way', async () => {
    const receiver = await startReceiver(() => {});
    const { post } = openSender();
    const abort = new AbortController();
    const sent = post(receiver.url, {}, abort.signal);
    await receiver.received(1);
    abort.abort();
    const expected = { outcome: 'no-answer', statusCode: null, error: expect.stringContaining('broken off') };
    expect(await sent).toMatchObject({ ...expected, address: '127.0.0.1' });
    expect(await post(receiver.url, {}, abort.signal)).toMatchObject({ ...expected, address: null });
    expect(receiver.posts).toHaveLength(1);
  });

  it('that breaks off another does not end', async () => {
    const receiver = await startReceiver((response, request) => {
      if (request.url === '/second') response.end();
    });
    const { post } = openSender();
    const abort = new AbortController();
    const first = post(new URL('/first', receiver.url).href, {}, abort.signal);
    const second = post(new URL('/second', receiver.url).href);
    await receiver.received(2);
    abort.abort();
    expect((await first).outcome).toBe('no-answer');
    expect(await second).toMatchObject({ outcome: 'answered', statusCode: 200 });
  });
});

describe('an answer', () => {
  it.each([200, 201, 202, 204, 299])('of %i says that it was delivered', async (status) => {
    const { url } = await startReceiver(answerWith(status));
    expect(await openSender().post(url)).toMatchObject({
      outcome: 'answered',
      statusCode: status,
      error: null,
    });
  });

  it.each([
    [300, '300 Multiple Choices.'],
    [304, '304 Not Modified.'],
    [400, '400 Bad Request.'],
    [401, '401 Unauthorized.'],
    [404, '404 Not Found.'],
    [410, '410 Gone.'],
    [429, '429 Too Many Requests.'],
    [500, '500 Internal Server Error.'],
    [502, '502 Bad Gateway.'],
    [503, '503 Service Unavailable.'],
    [504, '504 Gateway Timeout.'],
    [599, '599'],
  ])('of %i says that it was not', async (status, words) => {
    const receiver = await startReceiver(answerWith(status));
    const report = await openSender().post(receiver.url);
    expect(report).toMatchObject({ outcome: 'answered', statusCode: status });
    expect(report.error).toContain(`127.0.0.1:${receiver.port} answered ${words}`);
  });

  it.each([301, 302, 303, 307, 308])('of %i is not followed, in a circle or elsewhere', async (status) => {
    const elsewhere = await startReceiver();
    for (const location of ['/done', elsewhere.url]) {
      const receiver = await startReceiver(answerWith(status, { location }));
      const report = await openSender().post(receiver.url);
      expect(report).toMatchObject({ outcome: 'answered', statusCode: status });
      expect(report.error).toContain(`redirects to ${location}: callbacks follow no redirect`);
      expect(receiver.posts).toHaveLength(1);
    }
    expect(elsewhere.posts).toEqual([]);
  });

  it('after others that only announce it is the one that counts', async () => {
    const { url } = await startReceiver((response) => {
      response.writeProcessing();
      response.writeEarlyHints({ link: '</a.css>; rel=preload' });
      response.writeHead(201).end();
    });
    expect(await openSender().post(url)).toMatchObject({ statusCode: 201, error: null });
  });

  it.each([
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': 'Sun, 01 Nov 2026 08:01:00 GMT', date: 'Sun, 01 Nov 2026 08:00:00 GMT' }, 60_000],
    [{ 'retry-after': 'whenever' }, undefined],
    [{}, undefined],
  ])('with %j asks to be left alone for %s ms', async (headers, expected) => {
    const { url } = await startReceiver(answerWith(503, headers));
    expect((await openSender().post(url)).retryAfterMs).toBe(expected);
  });

  it('that says it was delivered asks for no wait', async () => {
    const { url } = await startReceiver(answerWith(200, { 'retry-after': '120' }));
    expect(await openSender().post(url)).not.toHaveProperty('retryAfterMs');
  });

  it('without a body is no text, and not an empty one', async () => {
    const { url } = await startReceiver(answerWith(200));
    expect((await openSender().post(url)).answer).toBeNull();
  });

  it('is kept without what a terminal would obey', async () => {
    const { url } = await startReceiver((response) =>
      response.end(Buffer.from([0x61, 0x00, 0x1b, 0xff, 0x62])),
    );
    expect((await openSender().post(url)).answer).toBe('a\uFFFD\uFFFD\uFFFDb');
  });

  it('that is compressed although nobody asked for that is not unpacked', async () => {
    const { url } = await startReceiver(answerWith(200, { 'content-encoding': 'gzip' }, 'a bomb'));
    expect((await openSender().post(url)).answer).toBe('(Not shown: the answer is encoded as gzip.)');
  });

  it('quotes no more than a line of what the receiver says in its head', async () => {
    const { url } = await startReceiver(answerWith(302, { location: `/${'x'.repeat(5000)}` }));
    expect((await openSender().post(url)).error?.length).toBeLessThan(500);
  });
});
