/**
 * The secrets of Standard Webhooks: `whsec_` with a key for HMAC-SHA256, `whsk_` with an ed25519 key pair.
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { AppError, assertNever } from '#shared/app-error.ts';
import type { CallbackKeyKind } from '#shared/contract/callbacks.ts';

const HMAC_PREFIX = 'whsec_';
const PRIVATE_PREFIX = 'whsk_';
const PUBLIC_PREFIX = 'whpk_';

const MADE_BYTES = 32;
const MIN_BYTES = 24;
const MAX_BYTES = 64;
const SEED_BYTES = 32;

export interface SigningSecret {
  kind: CallbackKeyKind;
  /** As receivers and other senders take it: prefix and all. */
  text: string;
  /** What receivers verify with, `whpk_...`; null for `hmac`. */
  publicKey: string | null;
}

export function makeSigningSecret(kind: CallbackKeyKind): SigningSecret {
  switch (kind) {
    case 'hmac':
      return hmacSecret(randomBytes(MADE_BYTES));
    case 'ed25519':
      return keyPairSecret(generateKeyPairSync('ed25519').privateKey);
    default:
      return assertNever(kind);
  }
}

/**
 * A secret that somebody typed. One without a prefix is taken for `whsec_`.
 * @throws AppError `bad-request` that says what is wrong with it, and never what it is
 */
export function parseSigningSecret(typed: string): SigningSecret {
  const text = typed.trim();
  if (text.startsWith(PUBLIC_PREFIX)) {
    throw refused(
      `Expected a secret, got a public key (${PUBLIC_PREFIX}): that is what receivers verify with.`,
    );
  }
  if (text.startsWith(PRIVATE_PREFIX)) return parseKeyPair(text.slice(PRIVATE_PREFIX.length));
  const bytes = fromBase64(text.startsWith(HMAC_PREFIX) ? text.slice(HMAC_PREFIX.length) : text);
  if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
    throw refused(
      `Expected a secret of ${MIN_BYTES} to ${MAX_BYTES} bytes, got ${bytes.length}: make a new one, or copy all of it.`,
    );
  }
  return hmacSecret(bytes);
}

/** The private key of a `whsk_` secret. */
export function privateKeyIn(text: string): KeyObject {
  return privateKeyOf(Buffer.from(text.slice(PRIVATE_PREFIX.length), 'base64').subarray(0, SEED_BYTES));
}

function hmacSecret(bytes: Buffer): SigningSecret {
  return { kind: 'hmac', text: HMAC_PREFIX + bytes.toString('base64'), publicKey: null };
}

/** The private key alone, or the pair: the private key and then the public one, as Svix's tools write it. */
function parseKeyPair(text: string): SigningSecret {
  const bytes = fromBase64(text);
  if (bytes.length !== SEED_BYTES && bytes.length !== 2 * SEED_BYTES) {
    throw refused(
      `Expected an ed25519 key of ${SEED_BYTES} or ${2 * SEED_BYTES} bytes, got ${bytes.length}.`,
    );
  }
  const secret = keyPairSecret(privateKeyOf(bytes.subarray(0, SEED_BYTES)));
  const [, publicKey = ''] = secret.publicKey?.split('_') ?? [];
  if (bytes.length > SEED_BYTES && bytes.subarray(SEED_BYTES).toString('base64') !== publicKey) {
    throw refused(
      'Expected an ed25519 key pair, got a private and a public key that do not belong together.',
    );
  }
  return secret;
}

function keyPairSecret(privateKey: KeyObject): SigningSecret {
  const seed = rawOf(privateKey.export({ format: 'jwk' }).d);
  const publicBytes = rawOf(createPublicKey(privateKey).export({ format: 'jwk' }).x);
  return {
    kind: 'ed25519',
    text: PRIVATE_PREFIX + Buffer.concat([seed, publicBytes]).toString('base64'),
    publicKey: PUBLIC_PREFIX + publicBytes.toString('base64'),
  };
}

const rawOf = (part: string | undefined) => Buffer.from(part ?? '', 'base64url');

/** What PKCS #8 puts before the 32 bytes of an ed25519 key (RFC 8410, 7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

function privateKeyOf(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
}

/** @throws AppError `bad-request` where it is no base64: Node would leave out what does not belong */
function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const withoutPadding = (base64: string) => base64.replace(/=+$/, '');
  if (text === '' || withoutPadding(bytes.toString('base64')) !== withoutPadding(text)) {
    throw refused(
      `Expected a secret in base64 after ${HMAC_PREFIX} or ${PRIVATE_PREFIX}, got other characters: copy all of it.`,
    );
  }
  return bytes;
}

const refused = (message: string) => new AppError('bad-request', message);
