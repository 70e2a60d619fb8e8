/** The proxies of the system's settings, as Chromium reads them: fixed ones, those of a script, and its own switches. */
import type { Session } from 'electron';
import type { ProxyFor } from '../adapters/workspace-types.ts';

/** Only after `ready`. */
export function systemProxies(session: Pick<Session, 'resolveProxy'>): ProxyFor {
  // The origin alone: a script that chooses proxies has no business with a path and the tokens in it.
  return async (url) => proxyIn(await session.resolveProxy(`${url.origin}/`));
}

/**
 * The first proxy of a list such as `PROXY a.example:3128; SOCKS5 b.example:1080; DIRECT` that speaks HTTP; null where
 * `DIRECT` comes before. Where there are others alone, the first of those: going past them would show to the network
 * what was to be hidden from it.
 * Source: https://developer.mozilla.org/docs/Web/HTTP/Guides/Proxy_servers_and_tunneling/Proxy_Auto-Configuration_PAC_file
 */
export function proxyIn(list: string): string | null {
  let other: string | null = null;
  for (const entry of list.split(';')) {
    const [kind = '', host = ''] = entry.trim().split(/\s+/);
    const scheme = SCHEMES[kind.toUpperCase()];
    if (kind.toUpperCase() === 'DIRECT') return other;
    if (scheme === 'http' || scheme === 'https') return `${scheme}://${host}`;
    if (kind !== '') other ??= `${scheme ?? kind.toLowerCase()}://${host}`;
  }
  return other;
}

const SCHEMES: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks',
  SOCKS4: 'socks4',
  SOCKS5: 'socks5',
};
