/** The proxies that a terminal's environment names. */
import type { ProxyFor } from '../workspace-types.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `http_proxy`, `https_proxy` (where there is none, that for http) and `no_proxy`, each in small or in capital letters,
 * by the rules of undici's EnvHttpProxyAgent: an entry of `no_proxy` is a host with its subdomains, and may have a port.
 * Source: https://undici.nodejs.org/#/docs/api/EnvHttpProxyAgent
 */
export function environmentProxies(environment: Environment): ProxyFor {
  const read = (name: string) => environment[name] ?? environment[name.toUpperCase()] ?? '';
  return async (url) => {
    const forHttp = read('http_proxy');
    const proxy = url.protocol === 'https:' ? read('https_proxy') || forHttp : forHttp;
    if (proxy === '' || isExcepted(url, read('no_proxy'))) return null;
    // As curl has it, an address without a scheme is that of an HTTP proxy.
    return proxy.includes('://') ? proxy : `http://${proxy}`;
  };
}

function isExcepted({ hostname, port, protocol }: URL, noProxy: string): boolean {
  if (noProxy.trim() === '*') return true;
  const usedPort = port || (protocol === 'https:' ? '443' : '80');
  return noProxy
    .split(/[,\s]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, withoutPort = entry, ofPort] = /^(.+):(\d+)$/.exec(entry) ?? [];
      const host = withoutPort.replace(/^\*?\./, '').toLowerCase();
      return (
        (ofPort === undefined || ofPort === usedPort) && (hostname === host || hostname.endsWith(`.${host}`))
      );
    });
}
