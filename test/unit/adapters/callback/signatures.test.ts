import { createPublicKey, verify } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { CALLBACK_KEY_KINDS } from '#shared/contract/callbacks.ts';
import { signaturesBy } from '../../../../src-main/adapters/callback/signatures.ts';
import {
  makeSigningSecret,
  parseSigningSecret,
} from '../../../../src-main/adapters/callback/signing-secret.ts';

/** Svix's own: its server's documentation and tests have the key and what it signs. */
const SVIX_SECRET =
  'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==';
const SVIX_PUBLIC_KEY = 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=';

describe('v1a', () => {
  it('is what Svix makes of the same key and message', () => {
    const secret = parseSigningSecret(SVIX_SECRET);
    expect(secret.publicKey).toBe(SVIX_PUBLIC_KEY);
    expect(signaturesBy([secret], 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')).toBe(
      'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==',
    );
  });

  it('of a key that was made here holds before its public key, and before no other', () => {
    const [mine, other] = [makeSigningSecret('ed25519'), makeSigningSecret('ed25519')];
    const signature = signaturesBy([mine], 'msg_1', 1700000000, '{"ü":1}').split(',')[1] ?? '';
    const holdsFor = ({ publicKey }: typeof mine) =>
      verify(
        null,
        Buffer.from('msg_1.1700000000.{"ü":1}'),
        createPublicKey({
          key: {
            kty: 'OKP',
            crv: 'Ed25519',
            x: Buffer.from(publicKey?.slice('whpk_'.length) ?? '', 'base64').toString('base64url'),
          },
          format: 'jwk',
        }),
        Buffer.from(signature, 'base64'),
      );
    expect([holdsFor(mine), holdsFor(other)]).toEqual([true, false]);
  });
});

describe('v1', () => {
  it.each(['{}', '{"text":"ü€😀\\u0000"}', '{"cut":"\ud83d"}'.toWellFormed(), '\uFEFF{}'])(
    'of %j holds before a receiver',
    (body) => {
      const { text } = makeSigningSecret('hmac');
      const timestamp = Math.floor(Date.now() / 1000);
      const headers = {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signaturesBy([{ kind: 'hmac', text }], 'msg_1', timestamp, body),
      };
      const receiver = new Webhook(text);
      const bytes = Buffer.from(body);
      expect(() => receiver.verify(bytes, headers, { jsonParse: false })).not.toThrow();
      expect(() => receiver.verify(`${body} `, headers, { jsonParse: false })).toThrow();
    },
  );
});

describe('a secret', () => {
  it.each(CALLBACK_KEY_KINDS)('for %s that was made here is random, and can be typed in again', (kind) => {
    const made = makeSigningSecret(kind);
    expect(parseSigningSecret(` ${made.text}\n`)).toEqual(made);
    expect(makeSigningSecret(kind).text).not.toBe(made.text);
  });

  it('that was made here has 32 bytes', () => {
    expect(Buffer.from(makeSigningSecret('hmac').text.slice('whsec_'.length), 'base64')).toHaveLength(32);
  });

  it('without prefix or padding is the same as with both', () => {
    const base64 = Buffer.alloc(25, 7).toString('base64');
    const { text } = parseSigningSecret(base64.replace(/=+$/, ''));
    expect(text).toBe(`whsec_${base64}`);
  });

  it('of a private key alone gets its public key', () => {
    const seed = Buffer.from(SVIX_SECRET.slice('whsk_'.length), 'base64').subarray(0, 32);
    expect(parseSigningSecret(`whsk_${seed.toString('base64')}`).text).toBe(SVIX_SECRET);
  });

  const bytes = (count: number) => Buffer.alloc(count, 'secret').toString('base64');
  it.each([
    ['', 'in base64'],
    ['whsec_', 'in base64'],
    ['whsec_correct horse battery staple', 'in base64'],
    [`whsec_${bytes(32).replace('c', '-')}`, 'in base64'],
    [`whsec_${bytes(23)}`, 'of 24 to 64 bytes, got 23'],
    [`whsec_${bytes(65)}`, 'of 24 to 64 bytes, got 65'],
    [`whsk_${bytes(31)}`, 'of 32 or 64 bytes, got 31'],
    [`whsk_${bytes(64)}`, 'do not belong together'],
    [SVIX_PUBLIC_KEY, 'got a public key'],
  ])('%j is refused without repeating it', (text, why) => {
    expect(() => parseSigningSecret(text)).toThrow(why);
    const quoted = text.split('_')[1] || 'nothing to quote';
    expect(() => parseSigningSecret(text)).not.toThrow(quoted);
  });
});
