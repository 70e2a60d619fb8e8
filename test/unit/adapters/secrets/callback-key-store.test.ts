import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ROTATION_MS } from '#shared/contract/callbacks.ts';
import { makeSigningSecret } from '../../../../src-main/adapters/callback/signing-secret.ts';
import {
  CALLBACK_KEYS_FILE_NAME,
  type CallbackKeyStoreOptions,
  createCallbackKeyStore,
} from '../../../../src-main/adapters/secrets/callback-key-store.ts';
import type { SecretCipher } from '../../../../src-main/adapters/workspace-types.ts';

const CIPHER: SecretCipher = {
  backend: 'keychain',
  encrypt: (value) => Buffer.from(`sealed ${value}`).toString('base64'),
  decrypt: (kept) => Buffer.from(kept, 'base64').toString().slice('sealed '.length),
};
const URL_A = 'https://example.org/a';

function someDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'jobdeck-callback-keys-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

function open(dataDirectory: string, options: Partial<CallbackKeyStoreOptions> = {}) {
  const problems: string[] = [];
  const onProblem: CallbackKeyStoreOptions['onProblem'] = (error) => void problems.push(error.message);
  return { store: createCallbackKeyStore({ dataDirectory, onProblem, ...options }), problems };
}

/** A clock that stands where a test sets it. */
function clock() {
  let nowMs = Date.now();
  return {
    now: () => new Date(nowMs).toISOString(),
    pass(ms: number) {
      nowMs += ms;
    },
  };
}

/** Which of the secrets a receiver could verify a message to the URL with, and how many signatures it has. */
function signedBy(store: ReturnType<typeof open>['store'], url: string, secrets: Record<string, string>) {
  const timestamp = Math.floor(Date.now() / 1000);
  const signatures = store.signaturesFor(url, 'msg_1', timestamp, '{}');
  if (signatures === null) return null;
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures,
  };
  const by = Object.entries(secrets).flatMap(([name, secret]) => {
    try {
      new Webhook(secret).verify('{}', headers);
      return [name];
    } catch {
      return [];
    }
  });
  return { by, count: signatures.split(' ').length };
}

describe('a key', () => {
  test('signs at the next start, too, from a file for its owner alone', () => {
    const directory = someDirectory();
    const { store } = open(directory);
    const made = store.save({ scope: 'example.org', kind: 'hmac', secret: null });
    expect(made.key).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      scope: 'example.org',
      kind: 'hmac',
      createdAt: expect.any(String),
      previousUntil: null,
      publicKey: null,
    });
    const next = open(directory).store;
    expect(next.list()).toEqual({ keys: [made.key], backend: 'file' });
    expect(signedBy(next, URL_A, { made: made.secret })).toEqual({ by: ['made'], count: 1 });
    expect(readdirSync(directory)).toEqual([CALLBACK_KEYS_FILE_NAME]);
    expect(statSync(join(directory, CALLBACK_KEYS_FILE_NAME)).mode & 0o777).toBe(0o600);
  });

  test('is no text of the file where there is a keychain, and its list holds no secret', () => {
    const directory = someDirectory();
    const { store } = open(directory, { cipher: CIPHER });
    const made = (['hmac', 'ed25519'] as const).map((kind) =>
      store.save({ scope: 'example.org', kind, secret: null }),
    );
    const text = readFileSync(join(directory, CALLBACK_KEYS_FILE_NAME), 'utf8');
    for (const { secret } of made) {
      const bytes = secret.split('_')[1] ?? '';
      expect(text).not.toContain(bytes);
      expect(JSON.stringify(store.list())).not.toContain(bytes);
    }
    expect(store.list().backend).toBe('keychain');
    expect(signedBy(open(directory, { cipher: CIPHER }).store, URL_A, {})).toEqual({ by: [], count: 2 });
  });

  test('for a URL comes before one for its port, and that before one for its host', () => {
    const { store } = open(someDirectory());
    const secrets: Record<string, string> = {};
    for (const [name, scope] of [
      ['host', 'example.org'],
      ['port', 'example.org:443'],
      ['url', URL_A],
    ] as const) {
      secrets[name] = store.save({ scope, kind: 'hmac', secret: null }).secret;
    }
    const by = (url: string) => signedBy(store, url, secrets)?.by;
    expect(by(URL_A)).toEqual(['url']);
    expect(by(`${URL_A}?b`)).toEqual(['port']);
    expect(by('https://example.org:8443/a')).toEqual(['host']);
    expect(by('https://sub.example.org/a')).toBeUndefined();
    expect(by('nonsense')).toBeUndefined();
  });

  test('of the same scope and kind takes the place of the one before at once', () => {
    const { store } = open(someDirectory());
    const first = store.save({ scope: 'example.org', kind: 'hmac', secret: null });
    const second = store.save({ scope: 'EXAMPLE.org', kind: 'hmac', secret: null });
    expect(store.list().keys).toEqual([second.key]);
    expect(second.key.id).toBe(first.key.id);
    expect(signedBy(store, URL_A, { first: first.secret, second: second.secret })).toEqual({
      by: ['second'],
      count: 1,
    });
  });

  test('that was removed signs no longer and is gone from the file', () => {
    const directory = someDirectory();
    const { store } = open(directory);
    const { key, secret } = store.save({ scope: 'example.org', kind: 'hmac', secret: null });
    store.remove(key.id);
    store.remove(key.id);
    expect(signedBy(store, URL_A, { secret })).toBeNull();
    expect(readFileSync(join(directory, CALLBACK_KEYS_FILE_NAME), 'utf8')).not.toContain(secret);
  });
});

describe('rotation', () => {
  test('signs with both secrets for its time, then with the new one alone, and then forgets the old one', () => {
    const directory = someDirectory();
    const { now, pass } = clock();
    const { store } = open(directory, { now });
    const first = store.save({ scope: 'example.org', kind: 'hmac', secret: null });
    const second = store.rotate(first.key.id, null);
    const secrets = { first: first.secret, second: second.secret };
    expect(Date.parse(second.key.previousUntil ?? '') - Date.parse(now())).toBe(ROTATION_MS);
    expect(signedBy(open(directory, { now }).store, URL_A, secrets)).toEqual({
      by: ['first', 'second'],
      count: 2,
    });
    pass(ROTATION_MS - 1);
    expect(signedBy(store, URL_A, secrets)?.count).toBe(2);
    pass(1);
    expect(signedBy(store, URL_A, secrets)).toEqual({ by: ['second'], count: 1 });
    expect(store.list().keys[0]?.previousUntil).toBeNull();
    store.save({ scope: 'elsewhere.example', kind: 'hmac', secret: null });
    expect(readFileSync(join(directory, CALLBACK_KEYS_FILE_NAME), 'utf8')).not.toContain(first.secret);
  });

  test('a second one within the time of the first drops the oldest secret', () => {
    const { store } = open(someDirectory());
    const first = store.save({ scope: 'example.org', kind: 'hmac', secret: null });
    const second = store.rotate(first.key.id, null);
    const third = store.rotate(first.key.id, null);
    const secrets = { first: first.secret, second: second.secret, third: third.secret };
    expect(signedBy(store, URL_A, secrets)).toEqual({ by: ['second', 'third'], count: 2 });
  });

  test('of a key pair has the new public key', () => {
    const { store } = open(someDirectory());
    const { key } = store.save({ scope: 'example.org', kind: 'ed25519', secret: null });
    const next = makeSigningSecret('ed25519');
    expect(store.rotate(key.id, next.text).key.publicKey).toBe(next.publicKey);
  });

  test('to what signs already, or of no key, is refused', () => {
    const { store } = open(someDirectory());
    const { key, secret } = store.save({ scope: 'example.org', kind: 'hmac', secret: null });
    expect(() => store.rotate(key.id, secret)).toThrow('Expected a new secret');
    expect(() => store.rotate('none', null)).toThrow('no such key');
  });
});

describe('the given secret', () => {
  test('signs everything, in place of the kept keys, and is never written', () => {
    const directory = someDirectory();
    const kept = open(directory).store.save({ scope: 'example.org', kind: 'hmac', secret: null });
    const given = makeSigningSecret('hmac').text;
    const { store } = open(directory, { given });
    const secrets = { kept: kept.secret, given };
    expect(signedBy(store, URL_A, secrets)).toEqual({ by: ['given'], count: 1 });
    expect(signedBy(store, 'http://127.0.0.1:8080/', secrets)).toEqual({ by: ['given'], count: 1 });
    store.remove(kept.key.id);
    expect(readFileSync(join(directory, CALLBACK_KEYS_FILE_NAME), 'utf8')).not.toContain(given);
  });

  test('that is none is refused without repeating it', () => {
    expect(() => open(someDirectory(), { given: 'whsec_hunter2' })).toThrow('Expected a secret');
    expect(() => open(someDirectory(), { given: 'whsec_hunter2' })).not.toThrow('hunter2');
  });
});

test('a secret of the other kind is refused, and nothing is kept', () => {
  const { store } = open(someDirectory());
  const secret = makeSigningSecret('ed25519').text;
  expect(() => store.save({ scope: 'example.org', kind: 'hmac', secret })).toThrow(
    'Expected a secret that begins with whsec_, got one of whsk_.',
  );
  expect(store.list().keys).toEqual([]);
});

describe('nothing goes out unsigned that was to be signed', () => {
  test('with a secret of a keychain that is gone', () => {
    const directory = someDirectory();
    open(directory, { cipher: CIPHER }).store.save({ scope: 'example.org', kind: 'hmac', secret: null });
    const { store } = open(directory);
    expect(() => store.signaturesFor(URL_A, 'msg_1', 1, '{}')).toThrow("to example.org can't be read");
    expect(store.signaturesFor('https://elsewhere.example/', 'msg_1', 1, '{}')).toBeNull();
  });

  test('with a file that is damaged, which is left as it is', () => {
    const directory = someDirectory();
    const path = join(directory, CALLBACK_KEYS_FILE_NAME);
    writeFileSync(path, '{"version":1,"keys":[{"secret":"whsec_hunter2"}]}', { mode: 0o600 });
    const { store, problems } = open(directory);
    expect(problems).toEqual([expect.stringContaining('is damaged and was left as it is')]);
    expect(problems[0]).not.toContain('hunter2');
    expect(() => store.signaturesFor(URL_A, 'msg_1', 1, '{}')).toThrow('is damaged');
    expect(() => store.save({ scope: 'a.example', kind: 'hmac', secret: null })).toThrow('is damaged');
    expect(readFileSync(path, 'utf8')).toContain('hunter2');
  });
});

test('a secret before the one that signs is left out where it cannot be read', () => {
  const directory = someDirectory();
  const { key } = open(directory, { cipher: CIPHER }).store.save({
    scope: 'example.org',
    kind: 'hmac',
    secret: null,
  });
  const { secret } = open(directory).store.rotate(key.id, null);
  expect(signedBy(open(directory).store, URL_A, { secret })).toEqual({ by: ['secret'], count: 1 });
});
