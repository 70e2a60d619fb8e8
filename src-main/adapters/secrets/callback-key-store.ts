/** The keys that callbacks are signed with: given for this process alone, or kept in the data directory. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import { type CallbackKey, type CallbackKeyKind, ROTATION_MS } from '#shared/contract/callbacks.ts';
import { scopeOf, scopesOf } from '../callback/key-scope.ts';
import { type CallbackSigner, type Secret, signaturesBy } from '../callback/signatures.ts';
import { makeSigningSecret, parseSigningSecret, type SigningSecret } from '../callback/signing-secret.ts';
import type { CallbackKeyStore, SecretCipher } from '../workspace-types.ts';
import { type KeptCallbackKey, openKeptCallbackKeys } from './kept-callback-keys.ts';
import { sealed, unsealed } from './sealed-value.ts';

export const CALLBACK_KEYS_FILE_NAME = 'callback-keys.json';

export interface CallbackKeyStoreOptions {
  dataDirectory: string;
  /** Where absent, secrets are kept as they are, in a file for its owner alone. */
  cipher?: SecretCipher;
  /** Signs everything that this process sends, in place of the kept keys; never written. */
  given?: string;
  /** RFC 3339. */
  now?: () => string;
  /** Told of a file that can't be used. */
  onProblem: (error: AppError) => void;
}

/**
 * For a URL the keys of its most specific scope sign, one of each kind.
 * @throws AppError `bad-request` where the given secret is none
 */
export function createCallbackKeyStore(options: CallbackKeyStoreOptions): CallbackKeyStore & CallbackSigner {
  const { dataDirectory, cipher, now = () => new Date().toISOString(), onProblem } = options;
  const given = options.given === undefined ? null : parseSigningSecret(options.given);
  const file = openKeptCallbackKeys(join(dataDirectory, CALLBACK_KEYS_FILE_NAME), onProblem);

  /** Puts a key in the place of the one with its id, or at the end; secrets that have had their time are dropped. */
  const keep = (key: KeptCallbackKey, secret: SigningSecret) => {
    const others = file.content().map((other) => (other.id === key.id ? key : other));
    const keys = others.includes(key) ? others : [...others, key];
    file.replace(keys.map((one) => ({ ...one, previous: previousAt(one, now()) })));
    return { key: shown(key, now()), secret: secret.text };
  };

  /** The one before is left out where it can't be read: receivers have the new one, or will. */
  const secretsOf = ({ kind, scope, ...key }: KeptCallbackKey): Secret[] => {
    const text = unsealed(key.secret, cipher);
    if (text === null) {
      const message = `The secret that signs callbacks to ${scope} can't be read: it was kept with a key of a keychain that is not there now. Save it again, or remove it.`;
      throw new AppError('unsupported', message);
    }
    const previous = previousAt(key, now());
    const before = previous === null ? null : unsealed(previous.secret, cipher);
    return [text, before].flatMap((one) => (one === null ? [] : [{ kind, text: one }]));
  };

  return {
    list: () => ({
      keys: file.content().map((key) => shown(key, now())),
      backend: cipher?.backend ?? 'file',
    }),
    save({ scope: typed, kind, secret: text }) {
      const scope = scopeOf(typed);
      const secret = secretOf(kind, text);
      const id = file.content().find((key) => key.scope === scope && key.kind === kind)?.id ?? randomUUID();
      return keep(
        {
          id,
          scope,
          kind,
          createdAt: now(),
          publicKey: secret.publicKey,
          secret: sealed(secret.text, cipher),
          previous: null,
        },
        secret,
      );
    },
    rotate(id, text) {
      const key = file.content().find((one) => one.id === id);
      if (key === undefined) throw new AppError('not-found', 'There is no such key any more.');
      const secret = secretOf(key.kind, text);
      if (unsealed(key.secret, cipher) === secret.text) {
        throw new AppError('bad-request', 'Expected a new secret, got the one that signs already.');
      }
      return keep(
        {
          ...key,
          publicKey: secret.publicKey,
          secret: sealed(secret.text, cipher),
          previous: { secret: key.secret, until: new Date(Date.parse(now()) + ROTATION_MS).toISOString() },
        },
        secret,
      );
    },
    remove(id) {
      const keys = file.content();
      const left = keys.filter((key) => key.id !== id);
      if (left.length < keys.length) file.replace(left);
    },
    signaturesFor(text, id, timestamp, body) {
      if (given !== null) return signaturesBy([given], id, timestamp, body);
      if (file.damage !== null) throw file.damage;
      const secrets = keysFor(file.content(), text).flatMap((key) => secretsOf(key));
      return secrets.length === 0 ? null : signaturesBy(secrets, id, timestamp, body);
    },
  };
}

function keysFor(keys: readonly KeptCallbackKey[], text: string): readonly KeptCallbackKey[] {
  const url = URL.parse(text);
  if (keys.length === 0 || url === null) return [];
  for (const scope of scopesOf(url)) {
    const fitting = keys.filter((key) => key.scope === scope);
    if (fitting.length > 0) return fitting;
  }
  return [];
}

function secretOf(kind: CallbackKeyKind, text: string | null): SigningSecret {
  if (text === null) return makeSigningSecret(kind);
  const secret = parseSigningSecret(text);
  if (secret.kind === kind) return secret;
  const [wanted, got] = kind === 'hmac' ? ['whsec_', 'whsk_'] : ['whsk_', 'whsec_'];
  throw new AppError('bad-request', `Expected a secret that begins with ${wanted}, got one of ${got}.`);
}

function shown(kept: KeptCallbackKey, at: string): CallbackKey {
  const { id, scope, kind, createdAt, publicKey } = kept;
  return { id, scope, kind, createdAt, publicKey, previousUntil: previousAt(kept, at)?.until ?? null };
}

/** Null once it has had its time. */
function previousAt(
  { previous }: Pick<KeptCallbackKey, 'previous'>,
  at: string,
): KeptCallbackKey['previous'] {
  return previous !== null && Date.parse(at) < Date.parse(previous.until) ? previous : null;
}
