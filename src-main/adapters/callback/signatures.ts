/** Signatures of Standard Webhooks: `v1` is HMAC-SHA256, `v1a` ed25519. */
import { sign } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { privateKeyIn, type SigningSecret } from './signing-secret.ts';

/** Knows which secrets sign what goes to a URL. */
export interface CallbackSigner {
  /**
   * The value of `webhook-signature`: a signature for each secret, between spaces; null where no key fits.
   * @param timestamp unix seconds of the attempt
   * @param body well-formed, as it is sent
   * @throws AppError where a key fits and can't be read: nothing goes out unsigned that was to be signed
   */
  signaturesFor(url: string, id: string, timestamp: number, body: string): string | null;
}

export type Secret = Pick<SigningSecret, 'kind' | 'text'>;

export function signaturesBy(
  secrets: readonly Secret[],
  id: string,
  timestamp: number,
  body: string,
): string {
  return secrets.map((secret) => signatureBy(secret, id, timestamp, body)).join(' ');
}

function signatureBy(secret: Secret, id: string, timestamp: number, body: string): string {
  if (secret.kind === 'hmac') return new Webhook(secret.text).sign(id, new Date(timestamp * 1000), body);
  const signed = Buffer.from(`${id}.${timestamp}.${body}`);
  return `v1a,${sign(null, signed, privateKeyIn(secret.text)).toString('base64')}`;
}
