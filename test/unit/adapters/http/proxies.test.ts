import { describe, expect, it } from 'vitest';
import { environmentProxies } from '../../../../src-main/adapters/http/environment-proxies.ts';
import { proxyOf } from '../../../../src-main/adapters/http/proxies.ts';

const P = 'http://proxy.example:3128';
const S = 'http://secure.example:3129';

describe("the environment's proxy", () => {
  it.each<[Record<string, string>, string, string | null]>([
    [{}, 'http://a.example/', null],
    [{ http_proxy: P }, 'http://a.example/', P],
    [{ HTTP_PROXY: P }, 'http://a.example/', P],
    [{ http_proxy: P, HTTP_PROXY: S }, 'http://a.example/', P],
    [{ http_proxy: '', HTTP_PROXY: S }, 'http://a.example/', null],
    [{ http_proxy: P }, 'https://a.example/', P],
    [{ http_proxy: P, https_proxy: S }, 'https://a.example/', S],
    [{ https_proxy: S }, 'http://a.example/', null],
    [{ HTTP_PROXY: 'proxy.example:3128' }, 'http://a.example/', P],
    [{ http_proxy: P, no_proxy: '*' }, 'http://a.example/', null],
    [{ http_proxy: P, NO_PROXY: 'b.example, a.example' }, 'http://a.example/', null],
    [{ http_proxy: P, no_proxy: 'example' }, 'http://a.example/', null],
    [{ http_proxy: P, no_proxy: '.example' }, 'http://a.example/', null],
    [{ http_proxy: P, no_proxy: '*.example' }, 'http://a.example/', null],
    [{ http_proxy: P, no_proxy: 'ample' }, 'http://a.example/', P],
    [{ http_proxy: P, no_proxy: 'A.Example:80' }, 'http://a.example/', null],
    [{ http_proxy: P, no_proxy: 'a.example:443' }, 'https://a.example/', null],
    [{ http_proxy: P, no_proxy: 'a.example:8080' }, 'http://a.example/', P],
    [{ http_proxy: P, no_proxy: '[2606::1]' }, 'http://[2606::1]/', null],
  ])('%j for %s is %s', async (environment, url, expected) => {
    expect(await environmentProxies(environment)(new URL(url))).toBe(expected);
  });
});

describe('a proxy', () => {
  it.each([
    'http://localhost/',
    'http://a.localhost:8080/',
    'http://127.9.9.9/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
  ])('is never asked about for %s, on this machine', async (url) => {
    const asked = proxyOf(new URL(url), () => Promise.reject(new Error('was asked about')));
    expect(await asked).toBeNull();
  });

  it.each(['http://10.0.0.1/', 'http://[::2]/', 'http://localhost.example/', 'https://a.example/'])(
    'is used for %s',
    async (url) => {
      expect((await proxyOf(new URL(url), async () => P))?.host).toBe('proxy.example:3128');
    },
  );

  it.each([
    ['socks5://proxy.example:1080', 'one that speaks SOCKS5'],
    ['http://me:hunter2@:3128', 'is not an address'],
  ])('such as %s is explained, and no password of it is repeated', async (text, why) => {
    const asked = proxyOf(new URL('https://a.example/'), async () => text);
    await expect(asked).rejects.toThrow(why);
    await expect(asked).rejects.not.toThrow('hunter2');
  });
});
