import { describe, expect, it } from 'vitest';
import type { CallbackKey } from '#shared/contract/callbacks.ts';
import {
  keyNote,
  scopeProblem,
  secretProblem,
} from '../../../../../src-renderer/features/settings/callbacks/key-words.ts';
import { parseCount } from '../../../../../src-renderer/features/settings/callbacks/parse-count.ts';

const key: CallbackKey = {
  id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  scope: 'example.org',
  kind: 'hmac',
  createdAt: '2026-11-01T08:00:00.000Z',
  previousUntil: '2026-11-02T08:00:00.000Z',
  publicKey: null,
};

describe('a signing key', () => {
  it.each(['example.org', 'example.org:8443', '127.0.0.1:9', 'https://example.org/done?a=1', '[::1]:80'])(
    'can be for %s',
    (scope) => expect(scopeProblem(scope)).toBeNull(),
  );

  it.each(['', ' ', 'ftp://example.org', 'https://me:secret@example.org/', 'example.org/done', 'a b'])(
    'can not be for %j',
    (scope) => expect(scopeProblem(scope)).not.toBeNull(),
  );

  it('has a secret of its own kind', () => {
    expect(secretProblem(' whsec_abc ', 'hmac')).toBeNull();
    expect(secretProblem('whsk_abc', 'hmac')).toContain('whsec_');
    expect(secretProblem('whsk_abc', 'ed25519')).toBeNull();
  });

  it('says for how long both secrets sign, and no longer than they do', () => {
    const until = Date.parse(key.previousUntil ?? '');
    expect(keyNote(key, until - 3_600_000)).toContain('Both secrets sign for 1 h more');
    expect(keyNote(key, until)).not.toContain('Both');
    expect(keyNote({ ...key, previousUntil: null }, 0)).not.toContain('Both');
  });
});

it('a count is a whole number from 1 to the most there may be', () => {
  expect(['1', ' 64 '].map((text) => parseCount(text, 64))).toEqual([1, 64]);
  expect(['', '0', '65', '-1', '1.5', '1e2', '٣'].map((text) => parseCount(text, 64))).toEqual(
    Array.from({ length: 7 }, () => null),
  );
});
