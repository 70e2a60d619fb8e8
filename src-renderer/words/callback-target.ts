/** Where a callback would go, as far as its URL says. Names are looked up only when it is sent. Pure. */
import ipaddr from 'ipaddr.js';

/** `this-computer` is the machine itself, `network` one that is reached without the internet. */
export type LocalPlace = 'this-computer' | 'network';

/** What can't be a callback URL, as a sentence; null for what can. */
export function callbackUrlProblem(text: string): string | null {
  const url = URL.parse(text.trim());
  if (url === null || url.hostname === '') {
    return 'Give a whole address, such as https://example.org/done.';
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return `A callback is sent by http or https, not by ${url.protocol.slice(0, -1)}. Give an address that begins with https:// or http://.`;
  }
  if (url.username !== '' || url.password !== '') {
    return 'Leave out the user name and the password: they would be kept in the record. Sign callbacks with a key instead, in Settings.';
  }
  return null;
}

/** Where a URL leads, where that is this machine or its network; null where it leads elsewhere, or can't be told. */
export function localPlaceOf(text: string): LocalPlace | null {
  const url = URL.parse(text);
  if (url === null) return null;
  // The parser has made one form of all that an IPv4 address can be written as: decimal, hexadecimal, short.
  const name = url.hostname.replace(/^\[|\]$|\.$/gu, '');
  if (ipaddr.isValid(name)) return PLACES[ipaddr.process(name).range()] ?? null;
  if (name === 'localhost' || name.endsWith('.localhost')) return 'this-computer';
  return !name.includes('.') || NETWORK_NAMES.test(name) ? 'network' : null;
}

const PLACES: Partial<Record<string, LocalPlace>> = {
  loopback: 'this-computer',
  private: 'network',
  carrierGradeNat: 'network',
  uniqueLocal: 'network',
};

/** Endings that no public name has: RFC 6762, RFC 8375, ICANN's reservation of `.internal`, and common use. */
const NETWORK_NAMES = /\.(?:local|internal|home\.arpa|lan|home)$/u;

/** The origins among these URLs that are on this machine or in its network, each once. */
export function localOriginsOf(urls: readonly (string | null)[]): string[] {
  const local = urls.filter((url) => url !== null && localPlaceOf(url) !== null) as string[];
  return [...new Set(local.map((url) => new URL(url).origin))];
}
