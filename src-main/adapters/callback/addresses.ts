/**
 * Which addresses a callback may go to. An address is judged as what it leads to: one that carries an IPv4 address
 * inside is judged by that.
 * Source of the ranges: https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
 */
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

/** `local` is this machine or a network of its owner: it may be gone to where that was allowed. */
export type AddressVerdict = 'never' | 'local' | 'public';

/** @param text an address, with or without a zone (`fe80::1%eth0`), never with brackets */
export function verdictOf(text: string): AddressVerdict {
  // Only what is written in full: `127.1` never comes from a URL that was parsed, nor from a look-up.
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return verdictOfIpv4(ipaddr.IPv4.parse(text));
  // IPv4-compatible, of the past; ipaddr.js would take it for an IPv4-mapped one.
  if (/^::\d+\./.test(text)) return 'never';
  return ipaddr.IPv6.isValid(text) ? verdictOfIpv6(ipaddr.IPv6.parse(text)) : 'never';
}

const IPV4: Readonly<Partial<Record<ReturnType<IPv4['range']>, AddressVerdict>>> = {
  unicast: 'public',
  loopback: 'local',
  private: 'local',
  // Addresses within a provider's network; overlays such as Tailscale give them to one's own machines.
  carrierGradeNat: 'local',
};

function verdictOfIpv4(address: IPv4): AddressVerdict {
  if (isIn(address, NEVER)) return 'never';
  // For measurements between two networks; proxies on this machine answer all names with such addresses.
  if (isIn(address, BENCHMARKS)) return 'local';
  return IPV4[address.range()] ?? 'never';
}

const IPV6: Readonly<Partial<Record<ReturnType<IPv6['range']>, AddressVerdict>>> = {
  unicast: 'public',
  loopback: 'local',
  uniqueLocal: 'local',
};

function verdictOfIpv6(address: IPv6): AddressVerdict {
  if (isIn(address, NEVER)) return 'never';
  if (address.isIPv4MappedAddress()) return verdictOfIpv4(address.toIPv4Address());
  // What a network without IPv4 makes of every IPv4 address (RFC 6052, 2.1).
  if (isIn(address, NAT64)) return verdictOfIpv4(new ipaddr.IPv4(address.toByteArray().slice(12)));
  // The rest carries an IPv4 address in a way of the past (IPv4-compatible, 6to4, Teredo), or is not given out.
  const verdict = IPV6[address.range()] ?? 'never';
  return verdict === 'public' && !isIn(address, GIVEN_OUT) ? 'never' : verdict;
}

type Range = readonly [IPv4 | IPv6, number];
const ranges = (...texts: string[]): readonly Range[] => texts.map((text) => ipaddr.parseCIDR(text));

/** What clouds tell their machines, keys included; those in link-local and reserved ranges are refused with these. */
const NEVER = ranges(
  '100.100.100.200/32', // Alibaba
  '168.63.129.16/32', // Azure
  'fd00:ec2::/32', // Amazon
  'fd20:ce::254/128', // Google
  'fd00:42::42/128', // Scaleway
);
const BENCHMARKS = ranges('198.18.0.0/15');
const NAT64 = ranges('64:ff9b::/96');
/** Of the IPv6 addresses, those that are given out for the public internet. */
const GIVEN_OUT = ranges('2000::/3');

function isIn(address: IPv4 | IPv6, list: readonly Range[]): boolean {
  return list.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}
