import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ReceivedCallback, ReceiverSettings } from '#shared/contract/callbacks.ts';
import { createReceiver, type Receiver } from '../../../src-main/adapters/receiver/receiver.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const SETTINGS: ReceiverSettings = { port: null, secret: null, answerStatus: 200 };
const now = () => '2026-11-24T18:00:00.000Z';

let receiver: Receiver;
beforeEach(() => {
  receiver = createReceiver({ now });
  return async () => void (await receiver.stop());
});

const start = async (settings: Partial<ReceiverSettings> = {}): Promise<string> =>
  (await receiver.start({ ...SETTINGS, ...settings })).url ?? '';
const portOf = (url: string) => Number(new URL(url).port);

async function post(url: string, body = '{}', headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers });
}

function signed(body: string, id = 'msg_1'): Record<string, string> {
  const at = new Date();
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(SECRET).sign(id, at, body),
  };
}

/** However it comes to be: by an end or a reset. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.resume().on('close', () => resolve());
  });
}

/** A connection that sends what a test says; closed at its end. */
async function open(url: string): Promise<Socket> {
  const socket = connect(portOf(url), '127.0.0.1');
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

describe('what arrives', () => {
  it('is kept as it came, with the verdict on its signature', async () => {
    const url = await start({ secret: SECRET });
    const body = '{"type":"job.completed","name":"Prüfsummen"}';
    expect((await post(`${url}done?a=1`, body, { ...signed(body), 'x-mine': 'yes' })).status).toBe(200);
    await post(url, `${body} `, signed(body));
    await post(url, body);
    const [unsigned, changed, valid] = receiver.list();
    expect(valid).toEqual<ReceivedCallback>({
      number: 1,
      at: now(),
      method: 'POST',
      path: '/done?a=1',
      status: 200,
      headers: expect.objectContaining({ 'x-mine': 'yes', host: new URL(url).host }),
      body,
      isCut: false,
      webhookId: 'msg_1',
      verdict: 'valid',
      problem: null,
      isRepeat: false,
    });
    expect(changed).toMatchObject({ verdict: 'invalid', isRepeat: true });
    expect(unsigned).toMatchObject({ verdict: 'unsigned', webhookId: null, isRepeat: false });
    expect(receiver.state()).toEqual({ url, hasSecret: true, answerStatus: 200, received: 3 });
  });

  it('is answered as the receiver was told to', async () => {
    const url = await start({ answerStatus: 503 });
    const busy = await post(url);
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await busy.text()).toContain('503');
    expect(await start({ answerStatus: 204 })).toBe(url);
    const empty = await post(url);
    expect([empty.status, await empty.text()]).toEqual([204, '']);
    expect(receiver.list().map(({ status }) => status)).toEqual([204, 503]);
  });

  it('is told to who listens before it is answered', async () => {
    const seen: number[] = [];
    const told = createReceiver({
      now,
      onReceived: async ({ number }) => {
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(number);
      },
    });
    onTestFinished(async () => void (await told.stop()));
    const counts: number[] = [];
    told.onChanged(({ received }) => counts.push(received));
    const { url } = await told.start(SETTINGS);
    await post(url ?? '');
    expect(seen).toEqual([1]);
    expect(counts).toEqual([0, 1]);
  });

  it('may have another Host and an Origin: a tunnel is no stranger', async () => {
    const url = await start();
    const socket = await open(url);
    socket.end(
      'POST / HTTP/1.1\r\nHost: evil.example\r\nOrigin: https://evil.example\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}',
    );
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /u);
    expect(answer).not.toMatch(/access-control/iu);
    expect(receiver.list()[0]?.headers).toMatchObject({
      host: 'evil.example',
      origin: 'https://evil.example',
    });
  });
});

describe('what would hurt it', () => {
  it('a long body is kept up to 64 KiB, and not called unsigned or wrong', async () => {
    const url = await start({ secret: SECRET });
    const body = 'x'.repeat(65 * 1024);
    expect((await post(url, body, signed(body))).status).toBe(200);
    expect(receiver.list()[0]).toMatchObject({
      isCut: true,
      verdict: 'not-checked',
      problem: 'Its body has 66560 bytes, of which 65536 are kept: no signature was checked.',
    });
    expect(receiver.list()[0]?.body).toHaveLength(64 * 1024);
  });

  it('a body without end is cut off with 413', async () => {
    const url = await start();
    const socket = await open(url);
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const pour = () => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on('drain', pour);
    pour();
    await closed(socket);
    expect(receiver.list()).toMatchObject([{ status: 413, isCut: true, verdict: 'not-checked' }]);
    expect((await post(url)).status).toBe(200);
  });

  it.each([
    ['what is no HTTP', '\u0016\u0003\u0001\u0002\u0000TLS\r\n\r\n', 400],
    ['a head without end', `GET / HTTP/1.1\r\n${'x-more: and more\r\n'.repeat(2000)}`, 431],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}', 400],
  ])('%s is refused, and the next request is taken', async (_name, bytes, status) => {
    const url = await start();
    const socket = await open(url);
    socket.write(bytes);
    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1.1 ${status} `, 'u'));
    expect((await post(url)).status).toBe(200);
    expect(receiver.state().received).toBe(1);
  });

  it('who leaves in the middle leaves nothing', async () => {
    const url = await start();
    const socket = await open(url);
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf');
    socket.resetAndDestroy();
    expect((await post(url)).status).toBe(200);
    expect(receiver.state().received).toBe(1);
  });

  it('connections beyond its limit are turned away, and none that says nothing lasts', async () => {
    const url = await start();
    const silent = await Promise.all(Array.from({ length: 200 }, () => open(url)));
    await Promise.all(silent.map(closed));
    expect((await post(url)).status).toBe(200);
  });
});

describe('its port', () => {
  it('is of this machine alone', async () => {
    const port = portOf(await start());
    const others = Object.values(networkInterfaces()).flatMap((all = []) =>
      all.filter(({ internal }) => !internal),
    );
    for (const { address, family, scopeid } of others) {
      const host = family === 'IPv6' && scopeid ? `${address}%${scopeid}` : address;
      const socket = connect(port, host);
      const [outcome] = await Promise.race([
        once(socket, 'connect').then(() => ['connected']),
        once(socket, 'error').then(([{ code }]) => [code]),
      ]).catch(({ code }) => [code]);
      socket.destroy();
      expect(outcome).not.toBe('connected');
    }
    expect(portOf(receiver.state().url ?? '')).toBe(port);
  });

  it('that is taken is a sentence, and leaves the receiver as it was', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const taken = {
      code: 'conflict',
      message: `Port ${port} is taken by another program: choose another one.`,
    };
    await expect(start({ port })).rejects.toMatchObject(taken);
    expect(receiver.state().url).toBeNull();
    const url = await start({ answerStatus: 201 });
    await expect(start({ port, answerStatus: 500 })).rejects.toMatchObject(taken);
    await expect(start({ secret: 'hunter22', answerStatus: 500 })).rejects.toMatchObject({
      code: 'bad-request',
    });
    expect((await post(url)).status).toBe(201);
  });

  it('can be changed while it listens, and what it kept stays', async () => {
    const first = await start();
    await post(first);
    const port = portOf(first) === 65_535 ? 65_534 : portOf(first) + 1;
    const second = await start({ port });
    expect(portOf(second)).toBe(port);
    await expect(post(first)).rejects.toThrow();
    await post(second);
    expect(receiver.list().map(({ number }) => number)).toEqual([2, 1]);
  });

  it('is free after it was stopped; what it kept stays to be looked at until the next start', async () => {
    const url = await start();
    await post(url);
    const pending = await open(url);
    expect(await receiver.stop()).toMatchObject({ url: null, received: 1 });
    await closed(pending);
    expect(receiver.list()).toHaveLength(1);
    expect(await start({ port: portOf(url) })).toBe(url);
    expect(receiver.state().received).toBe(0);
    expect(receiver.list()).toEqual([]);
  });
});
