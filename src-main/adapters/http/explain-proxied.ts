/** Why a request through a proxy failed: the proxy itself, or what is behind it. */
import type { JobError } from '#shared/job/error-codes.ts';
import { codeOf, messageOf } from '../process/system-error.ts';
import { explainNetwork } from './explain-network.ts';

/** @param error what undici rejected with */
export function explainProxied(error: unknown, target: URL, proxy: URL): JobError {
  // undici says what a proxy answered in the text of its errors alone.
  const status = /^Proxy response \((\d+)\)|\((407)\)$/.exec(messageOf(error));
  const answered = status?.[1] ?? status?.[2];
  if (answered === '407') {
    return network(
      `The proxy ${proxy.host} wants a user name and a password: give them in the proxy's address, as http://name:password@${proxy.host}.`,
    );
  }
  if (answered !== undefined) {
    return network(
      `The proxy ${proxy.host} does not let requests to ${target.host} through: it answered ${answered}.`,
    );
  }
  const code = codeOf(error);
  if (code === 'UND_ERR_PRX_TLS') {
    const { message } = explainNetwork(error, proxy);
    return { code: 'tls', message: `The proxy is not the one that it should be. ${message}` };
  }
  if (NO_WAY_TO_PROXY.has(code)) {
    return network(`The proxy for ${target.host} can't be reached. ${explainNetwork(error, proxy).message}`);
  }
  return explainNetwork(error, target);
}

const network = (message: string): JobError => ({ code: 'network', message });

/** What is behind a proxy is connected to by the proxy: these are told of the way to itself. */
const NO_WAY_TO_PROXY: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);
