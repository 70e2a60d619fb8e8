/** What is said of a key, and what is wrong with one that is typed. Pure. */
import type { CallbackKey, CallbackKeyKind } from '#shared/contract/callbacks.ts';
import { formatElapsed } from '../../../components/format/duration.ts';
import { planTime } from '../../../words/time-words.ts';

export const KEY_KIND_WORDS: Record<CallbackKeyKind, string> = {
  hmac: 'Shared secret (HMAC, v1)',
  ed25519: 'Key pair (Ed25519, v1a)',
};

/** "Shared secret (HMAC, v1), since Tue 1 Dec 2026, 07:00"; while one is replaced, for how long both sign. */
export function keyNote({ kind, createdAt, previousUntil }: CallbackKey, nowMs: number): string {
  const since = `${KEY_KIND_WORDS[kind]}, since ${planTime(createdAt)}`;
  const left = previousUntil === null ? 0 : Date.parse(previousUntil) - nowMs;
  return left > 0 ? `${since}. Both secrets sign for ${formatElapsed(left)} more` : since;
}

/** A key is for a whole URL, or for a host with or without its port. */
export function scopeProblem(scope: string): string | null {
  const text = scope.trim();
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  const isWrong =
    text === '' ||
    url === null ||
    !/^https?:$/u.test(url.protocol) ||
    url.username !== '' ||
    url.password !== '' ||
    (!text.includes('://') && /[/?#\s]/u.test(text));
  return isWrong ? 'Give a host such as example.org or example.org:8443, or a whole URL.' : null;
}

/** What a secret of that kind begins with. */
export const SECRET_PREFIXES: Record<CallbackKeyKind, string> = { hmac: 'whsec_', ed25519: 'whsk_' };

/** Of one that is pasted; its bytes are checked where it is kept. */
export function secretProblem(secret: string, kind: CallbackKeyKind): string | null {
  const prefix = SECRET_PREFIXES[kind];
  return secret.trim().startsWith(prefix) ? null : `Expected a secret that begins with ${prefix}.`;
}
