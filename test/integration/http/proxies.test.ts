import { createSecureContext } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpClient, type HttpClientOptions } from '../../../src-main/adapters/http/http-client.ts';
import { startHttpServer, startTlsServer, testAuthority, unusedOrigin } from '../../fakes/http-server.ts';
import { startProxy } from './proxy-server.ts';

const NEVER = new AbortController().signal;

function openClient(proxy: string | null, options: Partial<HttpClientOptions> = {}) {
  const client = createHttpClient({
    version: '1',
    readTrust: async () => createSecureContext({ ca: testAuthority() }),
    proxyFor: async () => proxy,
    ...options,
  });
  onTestFinished(() => client.close());
  const get = async (url: string, signal = NEVER) => {
    const addresses: string[] = [];
    const onConnected = (address: string) => void addresses.push(address);
    const request = { url: new URL(url), method: 'GET', headers: {}, body: null, onConnected };
    const answer = await client.send(request, signal);
    let text = '';
    for await (const chunk of answer.body) text += String(chunk);
    answer.end();
    return { status: answer.status, text, addresses };
  };
  return { client, get };
}

describe('a request through a proxy', () => {
  it('asks it for the whole address where nothing is secret', async () => {
    const server = await startHttpServer((response) => response.end('from afar'));
    const proxy = await startProxy();
    const { get } = openClient(proxy.url);
    for (let round = 0; round < 2; round += 1) {
      expect(await get(`http://afar.test:${server.port}/a?b`)).toEqual({
        status: 200,
        text: 'from afar',
        addresses: ['127.0.0.1'],
      });
    }
    expect(proxy.asked).toEqual(Array(2).fill(`GET http://afar.test:${server.port}/a?b`));
    expect(server.requests[0]).toMatchObject({ path: '/a?b', headers: { host: `afar.test:${server.port}` } });
  });

  it('goes through a tunnel where it is secure, and the certificate is checked for the name', async () => {
    const server = await startTlsServer('good');
    const proxy = await startProxy();
    const { get } = openClient(proxy.url);
    const failure = get(`https://afar.test:${server.port}/`);
    await expect(failure).rejects.toThrow('is for another name');
    await expect(failure).rejects.toMatchObject({ jobError: { code: 'tls' } });
    expect(proxy.asked).toContain(`CONNECT afar.test:${server.port}`);
  });

  it('gives the name and the password in its address to the proxy alone', async () => {
    const server = await startHttpServer((response) => response.end());
    const proxy = await startProxy();
    const { get } = openClient(proxy.url.replace('//', '//me:hunter2@'));
    await get(`http://afar.test:${server.port}/`);
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('me:hunter2').toString('base64')}`]);
  });

  it('never goes through it to this machine', async () => {
    const server = await startHttpServer((response) => response.end('near'));
    const proxy = await startProxy();
    const { get } = openClient(proxy.url);
    expect((await get(server.origin)).text).toBe('near');
    expect((await get(`http://localhost:${server.port}/`)).text).toBe('near');
    expect(proxy.asked).toEqual([]);
  });

  it('is broken off while the proxy hangs', async () => {
    const proxy = await startProxy('hangs');
    for (const [index, scheme] of (['http', 'https'] as const).entries()) {
      const abort = new AbortController();
      const asked = openClient(proxy.url).get(`${scheme}://afar.test/`, abort.signal);
      await proxy.askedTimes(index + 1);
      abort.abort();
      await expect(asked).rejects.toThrow();
    }
  });

  it('is broken off while nobody says which proxy', async () => {
    const abort = new AbortController();
    const { get } = openClient(null, {
      proxyFor: () => {
        abort.abort();
        return new Promise(() => {});
      },
    });
    await expect(get('http://afar.test/', abort.signal)).rejects.toThrow();
  });
});

describe('a proxy', () => {
  it('that is not there is named, and not the server behind it', async () => {
    const origin = await unusedOrigin();
    const { get } = openClient(origin);
    await expect(get('http://afar.test/')).rejects.toThrow(
      `The proxy for afar.test can't be reached. Nothing listens at ${origin.slice(7)}`,
    );
  });

  it('that lets nothing through says so', async () => {
    const proxy = await startProxy('refuses');
    await expect(openClient(proxy.url).get('https://afar.test/')).rejects.toThrow(
      `The proxy ${proxy.host} does not let requests to afar.test through: it answered 403.`,
    );
  });

  it.each(['http', 'https'])('that wants a password says so for %s', async (scheme) => {
    const proxy = await startProxy('wants-password');
    const asked = openClient(proxy.url).get(`${scheme}://afar.test/`);
    await expect(asked).rejects.toThrow(`The proxy ${proxy.host} wants a user name and a password`);
    await expect(asked).rejects.toMatchObject({ jobError: { code: 'network' } });
  });
});
