/** Where a callback URL leads, as far as the URL alone says. */
import { isIP } from 'node:net';
import { hostNameOf, isLocalName } from '../http/loopback.ts';
import { type AddressVerdict, verdictOf } from './addresses.ts';
import { isRefusedPort } from './refused-ports.ts';

export interface CallbackTarget {
  url: URL;
  /** The name or the address of its host. */
  name: string;
  /** Null where that is a name that has to be looked up. */
  verdict: Exclude<AddressVerdict, 'never'> | null;
}

/** The target, or a sentence that says why nothing will ever be sent there. */
export function callbackTargetOf(text: string): CallbackTarget | string {
  const url = URL.parse(text);
  if (url === null) return 'Expected callback_url to be an absolute URL such as https://example.org/done.';
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return `Expected callback_url to begin with http:// or https://, got ${url.protocol}`;
  }
  if (url.username !== '' || url.password !== '') {
    return 'Expected callback_url to hold no user name and no password: nothing was sent.';
  }
  if (isRefusedPort(Number(url.port))) {
    return `Port ${url.port} belongs to another protocol, whose server could take a callback for commands: use another port.`;
  }
  const name = hostNameOf(url);
  if (METADATA_NAMES.has(name)) return `${name} tells a cloud's machines their keys: no callback goes there.`;
  if (isLocalName(name)) return { url, name, verdict: 'local' };
  if (isIP(name) === 0) return { url, name, verdict: null };
  const verdict = verdictOf(name);
  return verdict === 'never'
    ? `${name} is an address that no callback may go to: it stands for no receiver, or tells a cloud's machines their keys.`
    : { url, name, verdict };
}

/** What they lead to is never allowed either; so they are refused for good, and not tried again and again. */
const METADATA_NAMES: ReadonlySet<string> = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.tencentyun.com',
]);
