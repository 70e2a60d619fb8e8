/**
 * Verifies the signature of a callback as any receiver would: it shares nothing with the sender. `v1` is left to the
 * library of Standard Webhooks; `v1a`, which that library does not know, is Ed25519 over the same bytes
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme).
 */
import { createPublicKey, type KeyObject, verify as verifyBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { AppError } from '#shared/app-error.ts';
import type { ReceivedCallback } from '#shared/contract/callbacks.ts';

export interface Signed {
  headers: Record<string, string>;
  /** All of it, as it arrived. */
  body: Buffer;
}

export type Verdict = Pick<ReceivedCallback, 'verdict' | 'problem'>;

/** As far as a timestamp may be from now, either way: what the library takes, too. */
const TOLERANCE_S = 5 * 60;
const ED25519_KEY_BYTES = 32;

/**
 * Gives what verifies messages.
 * @param secret `whsec_...`, or the public key `whpk_...` of what is signed as `v1a`; null verifies nothing
 * @throws AppError `bad-request` where it is neither; the message does not show it
 */
export function createVerifier(secret: string | null): (signed: Signed) => Verdict {
  if (secret === null) return () => ({ verdict: 'not-checked', problem: null });
  const { version, matches } = schemeOf(secret);
  return (signed) => {
    if (signed.headers['webhook-signature'] === undefined) {
      return { verdict: 'unsigned', problem: 'It is not signed: it has no webhook-signature.' };
    }
    const problem = problemOfHeaders(signed.headers, version) ?? (matches(signed) ? null : NO_MATCH);
    return { verdict: problem === null ? 'valid' : 'invalid', problem };
  };
}

const NO_MATCH =
  'No signature matches: it was made with another secret, or the message was changed on its way.';

interface Scheme {
  version: 'v1' | 'v1a';
  matches(signed: Signed): boolean;
}

function schemeOf(secret: string): Scheme {
  if (secret.startsWith('whsec_')) return hmacScheme(secret);
  if (secret.startsWith('whpk_')) return ed25519Scheme(secret);
  if (secret.startsWith('whsk_')) {
    throw refused(
      'Expected the public key whpk_... to verify with, got the whsk_... that only the sender has.',
    );
  }
  throw refused('Expected a secret that begins with whsec_, or a public key that begins with whpk_.');
}

function hmacScheme(secret: string): Scheme {
  const webhook = libraryOf(secret);
  return {
    version: 'v1',
    matches({ headers, body }) {
      try {
        webhook.verify(body, headers, { jsonParse: false });
        return true;
      } catch {
        // It throws whatever is wrong, and for some malformed signatures a TypeError.
        return false;
      }
    },
  };
}

function libraryOf(secret: string): Webhook {
  try {
    return new Webhook(secret);
  } catch (cause) {
    throw refused('Expected base64 after whsec_, got something else.', cause);
  }
}

function ed25519Scheme(secret: string): Scheme {
  const key = publicKeyOf(secret.slice('whpk_'.length));
  return {
    version: 'v1a',
    matches({ headers, body }) {
      const start = `${headers['webhook-id']}.${headers['webhook-timestamp']}.`;
      const bytes = Buffer.concat([Buffer.from(start), body]);
      return signaturesOf(headers)
        .filter(([version]) => version === 'v1a')
        .some(([, signature = '']) => verifyBytes(null, bytes, key, Buffer.from(signature, 'base64')));
    },
  };
}

function publicKeyOf(base64: string): KeyObject {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== ED25519_KEY_BYTES) {
    throw refused(`Expected base64 of ${ED25519_KEY_BYTES} bytes after whpk_, got ${bytes.length}.`);
  }
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') },
    format: 'jwk',
  });
}

function problemOfHeaders(headers: Record<string, string>, version: Scheme['version']): string | null {
  for (const name of ['webhook-id', 'webhook-timestamp']) {
    if (!headers[name]) return `It has no ${name}, which a signature covers.`;
  }
  const timestamp = headers['webhook-timestamp'] ?? '';
  const ageS = Date.now() / 1000 - Number(timestamp);
  if (!/^\d+$/u.test(timestamp)) {
    return `Expected the seconds since 1970 as webhook-timestamp, got ${JSON.stringify(timestamp)}.`;
  }
  if (Math.abs(ageS) > TOLERANCE_S) {
    const far = `${Math.round(Math.abs(ageS))} s ${ageS > 0 ? 'old' : 'ahead'}`;
    return `The webhook-timestamp is ${far}: receivers take at most ${TOLERANCE_S} s.`;
  }
  const versions = signaturesOf(headers).map(([name]) => name);
  if (versions.includes(version)) return null;
  return `Expected a signature of ${version}, which the secret here is for, got ${versions.join(', ')}.`;
}

/** Versions and signatures: `v1,BASE64 v1a,BASE64`. */
function signaturesOf(headers: Record<string, string>): [version: string, signature?: string][] {
  return (headers['webhook-signature'] ?? '').split(' ').map((each) => {
    const [version = '', signature] = each.split(',');
    return [version, signature];
  });
}

function refused(message: string, cause?: unknown): AppError {
  return new AppError('bad-request', message, { cause });
}
