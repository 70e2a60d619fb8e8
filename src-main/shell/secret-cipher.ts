import { safeStorage } from 'electron';
import type { SecretCipher } from '../adapters/workspace-types.ts';

/**
 * The system's keychain as the key to the secrets, or undefined where there is none: then they are kept in a file for
 * its owner alone. Where Linux has no keyring Chromium encrypts with a key that everybody knows (`basic_text`), which
 * is no more than that, and says so by its name. Only after `ready`.
 * These are the synchronous functions, which Electron 45 has deprecated and not removed: the store reads a secret while a
 * task is filled in. What they encrypt `decryptStringAsync` can read.
 * Source: https://www.electronjs.org/docs/latest/api/safe-storage
 */
export function createSecretCipher(): SecretCipher | undefined {
  if (!safeStorage.isEncryptionAvailable()) return undefined;
  const hasNoKeyring =
    process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  return {
    backend: hasNoKeyring ? 'basic-text' : 'keychain',
    encrypt: (value) => safeStorage.encryptString(value).toString('base64'),
    decrypt: (kept) => safeStorage.decryptString(Buffer.from(kept, 'base64')),
  };
}
