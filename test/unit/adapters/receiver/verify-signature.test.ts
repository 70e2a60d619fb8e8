import { generateKeyPairSync, sign } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createVerifier } from '../../../../src-main/adapters/receiver/verify-signature.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER_SECRET = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const NOW = new Date('2026-11-24T18:00:00Z');
const SECONDS = NOW.getTime() / 1000;
const BODY = Buffer.from('{"type":"job.completed","ü":1}');

const headersWith = (signature: string, seconds = SECONDS): Record<string, string> => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(seconds),
  'webhook-signature': signature,
});
const v1 = (secret = SECRET, seconds = SECONDS) =>
  new Webhook(secret).sign('msg_1', new Date(seconds * 1000), BODY);
const verdict = (headers: Record<string, string>, secret: string | null = SECRET, body = BODY) =>
  createVerifier(secret)({ headers, body });

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

it('takes one right signature among others', () => {
  expect(verdict(headersWith(`v1a,abc ${v1(OTHER_SECRET)} ${v1()}`))).toEqual({
    verdict: 'valid',
    problem: null,
  });
});

it('checks nothing without a secret', () => {
  expect(verdict(headersWith('v1,wrong'), null)).toEqual({ verdict: 'not-checked', problem: null });
});

it('tells what was never signed from what is signed wrongly', () => {
  const { 'webhook-signature': _, ...unsigned } = headersWith('');
  expect(verdict(unsigned)).toEqual({
    verdict: 'unsigned',
    problem: 'It is not signed: it has no webhook-signature.',
  });
});

describe('what is wrong is said', () => {
  const { 'webhook-id': _id, ...withoutId } = headersWith(v1());
  it.each<[string, Record<string, string>, string]>([
    ['another secret', headersWith(v1(OTHER_SECRET)), 'No signature matches'],
    ['a signature that is none', headersWith('v1'), 'No signature matches'],
    ['no id', withoutId, 'It has no webhook-id'],
    ['a timestamp in words', { ...headersWith(v1()), 'webhook-timestamp': 'now' }, 'got "now"'],
    ['an old timestamp', headersWith(v1(SECRET, SECONDS - 301), SECONDS - 301), 'is 301 s old'],
    ['one of tomorrow', headersWith(v1(SECRET, SECONDS + 86_400), SECONDS + 86_400), 'is 86400 s ahead'],
    [
      'another scheme',
      headersWith('v1a,abc'),
      'Expected a signature of v1, which the secret here is for, got v1a.',
    ],
  ])('%s', (_name, headers, problem) => {
    expect(verdict(headers)).toEqual({ verdict: 'invalid', problem: expect.stringContaining(problem) });
  });

  it('a body that was changed by one byte', () => {
    const changed = Buffer.from(BODY.toString().replace('1', '2'));
    expect(verdict(headersWith(v1()), SECRET, changed).verdict).toBe('invalid');
  });
});

describe('v1a', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const key = `whpk_${raw.toString('base64')}`;
  const signature = sign(null, Buffer.concat([Buffer.from(`msg_1.${SECONDS}.`), BODY]), privateKey);

  it('is verified with the public key alone', () => {
    const headers = headersWith(`${v1()} v1a,${signature.toString('base64')}`);
    expect(verdict(headers, key)).toEqual({ verdict: 'valid', problem: null });
    expect(verdict(headers, key, Buffer.from('{}')).verdict).toBe('invalid');
    expect(verdict(headersWith('v1a,AAAA'), key).verdict).toBe('invalid');
    expect(verdict(headersWith(v1()), key).problem).toContain('Expected a signature of v1a');
  });

  it('ages as v1 does', () => {
    vi.setSystemTime(NOW.getTime() + 301_000);
    expect(verdict(headersWith(`v1a,${signature.toString('base64')}`), key).problem).toContain('301 s old');
  });
});

it.each([
  ['hunter22', 'begins with whsec_'],
  ['whsec_***', 'Expected base64 after whsec_'],
  ['whsec_', 'Expected base64 after whsec_'],
  ['whpk_AAAA', 'Expected base64 of 32 bytes after whpk_, got 3.'],
  ['whsk_AAAA', 'got the whsk_... that only the sender has'],
])('%s is no secret to verify with, and is not shown', (secret, message) => {
  expect(() => createVerifier(secret)).toThrow(message);
  const shown = secret.slice(secret.indexOf('_') + 1) || 'nothing of it';
  expect(() => createVerifier(secret)).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining(shown) }),
  );
});
