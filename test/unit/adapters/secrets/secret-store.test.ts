import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  createSecretStore,
  SECRETS_FILE_NAME,
  type SecretStoreOptions,
} from '../../../../src-main/adapters/secrets/secret-store.ts';
import type { SecretCipher } from '../../../../src-main/adapters/workspace-types.ts';

/** A keychain whose key is `key`. */
const cipherWith = (key: string): SecretCipher => ({
  backend: 'keychain',
  encrypt: (value) => Buffer.from(`${key}:${value}`).toString('base64'),
  decrypt(kept) {
    const text = Buffer.from(kept, 'base64').toString();
    if (!text.startsWith(`${key}:`)) throw new Error('another key');
    return text.slice(key.length + 1);
  },
});

function someDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'jobdeck-secrets-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

function openStore(dataDirectory: string, options: Partial<SecretStoreOptions> = {}) {
  const problems: string[] = [];
  const onProblem: SecretStoreOptions['onProblem'] = (error) => void problems.push(error.message);
  return { store: createSecretStore({ dataDirectory, onProblem, ...options }), problems };
}

describe('what was saved', () => {
  test('is there at the next start, in a file for its owner alone and nothing beside it', () => {
    const directory = someDirectory();
    const { store } = openStore(directory);
    store.save('TOKEN', 'a long token');
    store.save('OTHER', 'another one');
    store.save('TOKEN', 'a new token');
    const next = openStore(directory).store;
    expect(next.names()).toEqual(['OTHER', 'TOKEN']);
    expect([next.get('TOKEN'), next.get('OTHER'), next.get('NONE')]).toEqual([
      'a new token',
      'another one',
      undefined,
    ]);
    expect(readdirSync(directory)).toEqual([SECRETS_FILE_NAME]);
    expect(statSync(join(directory, SECRETS_FILE_NAME)).mode & 0o777).toBe(0o600);
  });

  test('is gone for good once it was removed', () => {
    const directory = someDirectory();
    const { store } = openStore(directory);
    store.save('TOKEN', 'a long token');
    store.remove('TOKEN');
    store.remove('TOKEN');
    expect(store.get('TOKEN')).toBeUndefined();
    expect(openStore(directory).store.names()).toEqual([]);
    expect(readFileSync(join(directory, SECRETS_FILE_NAME), 'utf8')).not.toContain('long token');
  });

  test('is no text of the file where there is a keychain', () => {
    const directory = someDirectory();
    const cipher = cipherWith('mine');
    const { store } = openStore(directory, { cipher });
    store.save('TOKEN', 'a long token');
    expect(readFileSync(join(directory, SECRETS_FILE_NAME), 'utf8')).not.toContain('long token');
    expect(openStore(directory, { cipher }).store.get('TOKEN')).toBe('a long token');
    expect([store.backend, openStore(directory).store.backend]).toEqual(['keychain', 'file']);
  });

  test.each([cipherWith('other'), undefined])(
    'with a key that is gone is named, and the others can be used',
    (cipher) => {
      const directory = someDirectory();
      openStore(directory, { cipher: cipherWith('mine') }).store.save('LOST', 'a long token');
      openStore(directory).store.save('PLAIN', 'another one');
      const { store, problems } = openStore(directory, cipher && { cipher });
      expect([store.get('LOST'), store.get('PLAIN')]).toEqual([undefined, 'another one']);
      expect(problems).toEqual([expect.stringMatching(/^The secret LOST can't be read.+Save it again/)]);
      store.save('LOST', 'a newer token');
      expect(store.get('LOST')).toBe('a newer token');
    },
  );
});

describe('what was given', () => {
  test('comes before what is kept, and is never written', () => {
    const directory = someDirectory();
    openStore(directory).store.save('TOKEN', 'a long token');
    const given = new Map([
      ['TOKEN', 'the given token'],
      ['MINE', 'for this run'],
    ]);
    const { store } = openStore(directory, { given });
    expect(store.names()).toEqual(['MINE', 'TOKEN']);
    expect([store.get('TOKEN'), store.get('MINE')]).toEqual(['the given token', 'for this run']);
    store.save('OTHER', 'another one');
    const text = readFileSync(join(directory, SECRETS_FILE_NAME), 'utf8');
    expect(text).toContain('a long token');
    expect(text).not.toMatch(/given|this run/);
  });

  test('and is no secret is refused with its name and not its value', () => {
    const open = () => openStore(someDirectory(), { given: new Map([['TOKEN', 'xyz']]) });
    expect(open).toThrow('Expected the secret TOKEN to have at least 4 characters');
    expect(open).not.toThrow('xyz');
  });
});

describe('a secret', () => {
  test.each([
    ['A B', 'a long token', "Expected a secret's name"],
    ['1A', 'a long token', "Expected a secret's name"],
    ['TOKEN\n', 'a long token', "Expected a secret's name"],
    ['TOKEN', '  abc \n', 'at least 4 characters'],
    ['TOKEN', 'x'.repeat(65_537), 'at most 65536 characters'],
    ['TOKEN', 'abc\0def', 'got a NUL'],
  ])('%j of such a name or value is refused', (name, value, why) => {
    const directory = someDirectory();
    expect(() => openStore(directory).store.save(name, value)).toThrow(why);
    expect(existsSync(join(directory, SECRETS_FILE_NAME))).toBe(false);
  });
});

describe('a file', () => {
  test('that others could read is taken from them, and they are told of', () => {
    const directory = someDirectory();
    openStore(directory).store.save('TOKEN', 'a long token');
    const path = join(directory, SECRETS_FILE_NAME);
    chmodSync(path, 0o644);
    const { store, problems } = openStore(directory);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(problems).toEqual([expect.stringContaining('could be read by others')]);
    expect(store.get('TOKEN')).toBe('a long token');
  });

  test.each([
    'a long token',
    '[]',
    '{"version":2,"secrets":{}}',
    '{"version":1,"secrets":{"A B":{"backend":"file","value":"a long token"}}}',
    '{"version":1,"secrets":{"A":{"backend":"none","value":"a long token"}}}',
    '{"version":1,"secrets":{"A":"a long token"}}',
  ])('that is damaged such as %s is left as it is and told of without its text', (text) => {
    const directory = someDirectory();
    const path = join(directory, SECRETS_FILE_NAME);
    writeFileSync(path, text, { mode: 0o600 });
    const { store, problems } = openStore(directory, { given: new Map([['TOKEN', 'the given token']]) });
    expect(store.get('TOKEN')).toBe('the given token');
    expect(problems).toEqual([expect.stringContaining('is damaged and was left as it is')]);
    expect(problems[0]).not.toContain('a long token');
    expect(() => store.save('OTHER', 'another one')).toThrow('is damaged');
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test('that cannot be written leaves what was saved before, and no part of it', () => {
    const directory = someDirectory();
    const { store } = openStore(join(directory, 'gone'));
    expect(() => store.save('TOKEN', 'a long token')).toThrow('could not be kept in');
    expect(store.get('TOKEN')).toBeUndefined();
    expect(readdirSync(directory)).toEqual([]);
  });
});
