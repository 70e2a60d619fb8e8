import { expect, it } from 'vitest';
import { proxyIn, systemProxies } from '../../../src-main/shell/system-proxies.ts';

it.each([
  ['DIRECT', null],
  ['', null],
  ['PROXY a.example:3128', 'http://a.example:3128'],
  ['proxy a.example:3128; DIRECT', 'http://a.example:3128'],
  ['HTTPS a.example:443', 'https://a.example:443'],
  ['DIRECT; PROXY a.example:3128', null],
  ['SOCKS5 s.example:1080; PROXY a.example:3128', 'http://a.example:3128'],
  ['SOCKS5 s.example:1080; DIRECT', 'socks5://s.example:1080'],
  ['SOCKS s.example:1080', 'socks://s.example:1080'],
  ['QUIC q.example:443', 'quic://q.example:443'],
  ['PROXY [2606::1]:3128', 'http://[2606::1]:3128'],
])('of %j the proxy is %s', (list, proxy) => {
  expect(proxyIn(list)).toBe(proxy);
});

it('a script that chooses proxies is shown no path and no token', async () => {
  const asked: string[] = [];
  const resolveProxy = async (url: string) => {
    asked.push(url);
    return 'DIRECT';
  };
  expect(await systemProxies({ resolveProxy })(new URL('https://a.example/path?token=x'))).toBeNull();
  expect(asked).toEqual(['https://a.example/']);
});
