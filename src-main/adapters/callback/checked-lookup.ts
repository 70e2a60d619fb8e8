/** Look-ups whose every answer is checked: what is connected to is what was checked. */

import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { LookUp } from '../http/look-up.ts';
import { verdictOf } from './addresses.ts';

/** A name leads where this callback may not go. */
export class AddressRefused extends Error {
  readonly verdict: 'never' | 'local';
  readonly address: string;

  constructor(verdict: 'never' | 'local', hostname: string, address: string) {
    super(`${hostname} leads to ${address}`);
    this.name = 'AddressRefused';
    this.verdict = verdict;
    this.address = address;
  }
}

export const lookUpBySystem: LookUp = (hostname) => lookup(hostname, { all: true });

/** One bad address refuses them all: whoever answers for the name chooses which of them is taken. */
export function checkedLookUp(lookUp: LookUp, mayGoLocal: boolean): LookUp {
  return async (hostname) => {
    const addresses = await lookUp(hostname);
    for (const verdict of mayGoLocal ? (['never'] as const) : (['never', 'local'] as const)) {
      const bad = addresses.find(({ address }) => verdictOf(address) === verdict);
      if (bad !== undefined) throw new AddressRefused(verdict, hostname, bad.address);
    }
    return addresses;
  };
}

/**
 * Look-ups of a name that are asked for at the same time share one: Node has two threads for them, and a name server
 * that does not answer would hold up all others with each.
 */
export function sharedLookUp(lookUp: LookUp): LookUp {
  const running = new Map<string, Promise<LookupAddress[]>>();
  return (hostname) => {
    const shared = running.get(hostname) ?? lookUp(hostname).finally(() => running.delete(hostname));
    running.set(hostname, shared);
    return shared;
  };
}
