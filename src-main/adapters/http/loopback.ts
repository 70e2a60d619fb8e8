/** This machine, by name or by address. */
import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * The name or the address of a URL's host: an IPv6 one without brackets, a name without the dot that may end it. The
 * URL parser has made IPv4 addresses of all numbers that stand for one
 * (https://url.spec.whatwg.org/#concept-ipv4-parser).
 */
export function hostNameOf({ hostname }: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname.replace(/\.$/, '');
}

/** Names this machine wherever it is looked up (RFC 6761, 6.3). */
export function isLocalName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost');
}

export function isLoopback(url: URL): boolean {
  const name = hostNameOf(url);
  return isLocalName(name) || (isIP(name) !== 0 && LOOPBACK.check(name, isIPv4(name) ? 'ipv4' : 'ipv6'));
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');
