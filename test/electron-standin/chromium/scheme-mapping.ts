/**
 * Stock Chromium knows no custom schemes, so `app://host/path` is shown to it as
 * `https://host.app.invalid/path`, a secure origin with storage that no network can answer. Everything that
 * crosses to the application is mapped back.
 */

const registered = new Set<string>();

/** Makes a scheme one that is mapped. */
export function registerScheme(scheme: string): void {
  registered.add(scheme);
}

export function isRegistered(scheme: string): boolean {
  return registered.has(scheme);
}

/** As Chromium is to see it. */
export function toChromium(address: string): string {
  if (!URL.canParse(address)) return address;
  const { protocol, host, pathname, search, hash } = new URL(address);
  const scheme = protocol.slice(0, -1);
  return registered.has(scheme)
    ? `https://${host}.${scheme}.invalid${pathname || '/'}${search}${hash}`
    : address;
}

/** As the application is to see it. */
export function fromChromium(address: string): string {
  const match = /^https:\/\/([^/?#]+)\.([^./?#]+)\.invalid(?=[/?#]|$)/u.exec(address);
  const [origin, host, scheme] = match ?? [];
  if (origin === undefined || scheme === undefined || !registered.has(scheme)) return address;
  return `${scheme}://${host}${address.slice(origin.length)}`;
}

/** A content security policy with its mentions of mapped schemes mapped. */
export function policyToChromium(policy: string): string {
  let mapped = policy;
  for (const scheme of registered) {
    mapped = mapped
      .replaceAll(new RegExp(`(?<=^|[\\s;,])${scheme}://([^\\s;,/]+)`, 'gu'), `https://$1.${scheme}.invalid`)
      .replaceAll(new RegExp(`(?<=^|[\\s;,])${scheme}:(?=$|[\\s;,])`, 'gu'), `https://*.${scheme}.invalid`);
  }
  return mapped;
}
