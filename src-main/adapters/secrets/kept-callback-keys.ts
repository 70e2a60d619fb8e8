/** The file of the keys of callbacks, `callback-keys.json` of a data directory: what is in it, as it is kept. */
import type { AppError } from '#shared/app-error.ts';
import { CALLBACK_KEY_KINDS, type CallbackKey, type CallbackKeyKind } from '#shared/contract/callbacks.ts';
import { isRecord, openPrivateFile, type PrivateFile } from './private-file.ts';
import { isSealedValue, type SealedValue } from './sealed-value.ts';

export interface KeptCallbackKey extends Omit<CallbackKey, 'previousUntil'> {
  secret: SealedValue;
  /** The one before, and until when it signs too (RFC 3339). */
  previous: { secret: SealedValue; until: string } | null;
}

const VERSION = 1;

export function openKeptCallbackKeys(
  path: string,
  onProblem: (error: AppError) => void,
): PrivateFile<readonly KeptCallbackKey[]> {
  return openPrivateFile<readonly KeptCallbackKey[]>({
    path,
    what: 'callback keys',
    empty: [],
    parse: (file) =>
      isRecord(file) && file.version === VERSION && Array.isArray(file.keys) && file.keys.every(isKept)
        ? file.keys
        : null,
    format: (keys) => ({ version: VERSION, keys }),
    onProblem,
  });
}

function isKept(value: unknown): value is KeptCallbackKey {
  return (
    isRecord(value) &&
    ['id', 'scope', 'createdAt'].every((name) => typeof value[name] === 'string') &&
    CALLBACK_KEY_KINDS.includes(value.kind as CallbackKeyKind) &&
    (value.publicKey === null || typeof value.publicKey === 'string') &&
    isSealedValue(value.secret) &&
    (value.previous === null || isPrevious(value.previous))
  );
}

const isPrevious = (value: unknown): boolean =>
  isRecord(value) && typeof value.until === 'string' && isSealedValue(value.secret);
