/** A callback as it is sent: the bytes of its body, and its headers. */
import type { CallbackRequest } from '../../core/ports.ts';
import type { CallbackSigner } from './signatures.ts';

export interface CallbackMessage {
  headers: Record<string, string>;
  body: string;
  isSigned: boolean;
}

export interface MessageSources {
  /** Of Jobdeck, for the User-Agent. */
  version: string;
  /** Where absent, nothing is signed. */
  keys?: CallbackSigner;
}

/**
 * The headers are those of Standard Webhooks 1.0.0 ("Webhook headers").
 * @param at RFC 3339, when it is sent
 * @throws AppError where it has to be signed and can't be
 */
export function callbackMessage(
  { version, keys }: MessageSources,
  { id, url, body: text }: Pick<CallbackRequest, 'id' | 'url' | 'body'>,
  at: string,
): CallbackMessage {
  // Half a surrogate pair has no UTF-8: it is replaced here, so that what is signed is what is sent.
  const body = text.toWellFormed();
  const timestamp = Math.floor(Date.parse(at) / 1000);
  const signature = keys?.signaturesFor(url, id, timestamp, body) ?? null;
  const headers = {
    'content-type': 'application/json',
    'user-agent': `Jobdeck/${version}`,
    'accept-encoding': 'identity',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    ...(signature !== null && { 'webhook-signature': signature }),
  };
  return { headers, body, isSigned: signature !== null };
}
