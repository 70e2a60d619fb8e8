/** Signatures as receivers see them: verified by others' code, over the bytes that arrived. */
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCallbackKeyStore } from '../../../src-main/adapters/secrets/callback-key-store.ts';
import { openSender, type ReceivedPost, startReceiver } from './harness.ts';

function openKeys() {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'jobdeck-signing-'));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true }));
  return createCallbackKeyStore({ dataDirectory, onProblem: (error) => expect.fail(error.message) });
}

async function bench() {
  const keys = openKeys();
  const receiver = await startReceiver();
  const { post, sender } = openSender({ keys });
  const scope = `127.0.0.1:${receiver.port}`;
  const received = async (body: string) => {
    const report = await post(receiver.url, { body });
    const arrived = receiver.posts.at(-1) ?? expect.fail('Expected a post.');
    return { report, arrived };
  };
  return { keys, scope, received, receiver, sender };
}

const holds = (secret: string, { bytes, headers }: ReceivedPost) => {
  try {
    new Webhook(secret).verify(bytes, headers as Record<string, string>, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
};

function holdsV1a(publicKey: string | null, { bytes, headers }: ReceivedPost): boolean {
  const x = Buffer.from(publicKey?.slice('whpk_'.length) ?? '', 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const head = `${headers['webhook-id']}.${headers['webhook-timestamp']}.`;
  const signatures = String(headers['webhook-signature']).split(' ');
  return signatures.some((one) => {
    const [version, signature = ''] = one.split(',');
    const signed = Buffer.concat([Buffer.from(head), bytes]);
    return version === 'v1a' && verify(null, signed, key, Buffer.from(signature, 'base64'));
  });
}

describe('a callback to where a key is for', () => {
  it.each([
    ['ASCII', '{"a":1}'],
    ['all of Unicode', '{"a":"ü€😀\u2028"}'],
    ['half a character', '{"a":"\ud83d","b":"\ude00"}'],
    ['a byte order mark', '\uFEFF{"a":1}'],
    ['nothing', ''],
  ])('is signed over the bytes that arrive, of a body with %s', async (_, body) => {
    const { keys, scope, received } = await bench();
    const { secret } = keys.save({ scope, kind: 'hmac', secret: null });
    const { report, arrived } = await received(body);
    expect(report).toMatchObject({ statusCode: 200, isSigned: true });
    expect(holds(secret, arrived)).toBe(true);
    expect(holds(secret, { ...arrived, bytes: Buffer.concat([arrived.bytes, Buffer.from(' ')]) })).toBe(
      false,
    );
  });

  it('is signed by key pairs, too, and by both where there are both', async () => {
    const { keys, scope, received } = await bench();
    const pair = keys.save({ scope, kind: 'ed25519', secret: null });
    const { secret } = keys.save({ scope, kind: 'hmac', secret: null });
    const { arrived } = await received('{"ü":"\ud83d"}');
    expect(holds(secret, arrived)).toBe(true);
    expect(holdsV1a(pair.key.publicKey, arrived)).toBe(true);
    expect(holdsV1a(pair.key.publicKey, { ...arrived, bytes: Buffer.from('{}') })).toBe(false);
  });

  it('is signed by the old secret and the new one while it is being replaced', async () => {
    const { keys, scope, received } = await bench();
    const old = keys.save({ scope, kind: 'hmac', secret: null });
    const { secret } = keys.rotate(old.key.id, null);
    const { arrived } = await received('{}');
    expect(String(arrived.headers['webhook-signature'])).toMatch(/^v1,\S+ v1,\S+$/);
    expect([holds(old.secret, arrived), holds(secret, arrived)]).toEqual([true, true]);
  });

  it('has another timestamp and signature with each attempt, and the same id', async () => {
    const keys = openKeys();
    const receiver = await startReceiver();
    keys.save({ scope: '127.0.0.1', kind: 'hmac', secret: null });
    const times = ['2026-11-01T08:00:00Z', '2026-11-01T08:00:05Z'];
    for (const at of times) await openSender({ keys, now: () => at }).post(receiver.url);
    const [first, second] = receiver.posts.map(({ headers }) => headers);
    expect(first?.['webhook-id']).toBe(second?.['webhook-id']);
    expect([first?.['webhook-timestamp'], second?.['webhook-timestamp']]).toEqual([
      '1793520000',
      '1793520005',
    ]);
    expect(first?.['webhook-signature']).not.toBe(second?.['webhook-signature']);
  });
});

it('a callback to anywhere else has no signature at all', async () => {
  const { keys, received } = await bench();
  keys.save({ scope: 'example.org', kind: 'hmac', secret: null });
  const { report, arrived } = await received('{}');
  expect(report.isSigned).toBe(false);
  expect(arrived.headers).not.toHaveProperty('webhook-signature');
});

it('a callback that has to be signed and cannot be is not sent', async () => {
  const receiver = await startReceiver();
  const keys = {
    signaturesFor: () => {
      throw new Error('The key is gone.');
    },
  };
  const report = await openSender({ keys }).post(receiver.url);
  expect(report).toMatchObject({ outcome: 'no-answer', error: 'The key is gone.', isSigned: false });
  expect(receiver.connections()).toBe(0);
});
