/** Values as they are kept: as they are, or as a keychain's cipher made them. */
import { SECRET_BACKENDS, type SecretBackend } from '#shared/contract/profiles.ts';
import type { SecretCipher } from '../workspace-types.ts';
import { isRecord } from './private-file.ts';

export interface SealedValue {
  /** How it was kept: the desktop application and the command line may have the same data directory in turn. */
  backend: SecretBackend;
  /** The value itself with the backend `file`, else what the cipher made of it. */
  value: string;
}

export function sealed(value: string, cipher: SecretCipher | undefined): SealedValue {
  return cipher === undefined
    ? { backend: 'file', value }
    : { backend: cipher.backend, value: cipher.encrypt(value) };
}

/** Null where it was kept with a key that is not there now. */
export function unsealed({ backend, value }: SealedValue, cipher: SecretCipher | undefined): string | null {
  if (backend === 'file') return value;
  if (cipher === undefined) return null;
  try {
    return cipher.decrypt(value);
  } catch {
    // Why says nothing that helps: the keychain is another one, or was emptied.
    return null;
  }
}

export function isSealedValue(value: unknown): value is SealedValue {
  return (
    isRecord(value) &&
    SECRET_BACKENDS.includes(value.backend as SecretBackend) &&
    typeof value.value === 'string'
  );
}
