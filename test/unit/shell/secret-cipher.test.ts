import { beforeEach, expect, it, vi } from 'vitest';
import { createSecretCipher } from '../../../src-main/shell/secret-cipher.ts';

const safeStorage = vi.hoisted(() => ({
  isEncryptionAvailable: vi.fn(() => true),
  getSelectedStorageBackend: vi.fn(() => 'gnome_libsecret'),
  encryptString: (text: string) => Buffer.from(`\xff${text}`, 'latin1'),
  decryptString: (bytes: Buffer) => bytes.toString('latin1').slice(1),
}));
vi.mock('electron', () => ({ safeStorage }));

beforeEach(() => {
  vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
});

it('keeps what the keychain makes of a value as text, and gives the value back', () => {
  const cipher = createSecretCipher();
  expect(cipher?.backend).toBe('keychain');
  const kept = cipher?.encrypt('a token') ?? '';
  expect(kept).toMatch(/^[A-Za-z0-9+/]+=*$/);
  expect(cipher?.decrypt(kept)).toBe('a token');
});

it('says where Linux has no keyring and everybody knows the key', () => {
  safeStorage.getSelectedStorageBackend.mockReturnValueOnce('basic_text');
  expect(createSecretCipher()?.backend).toBe('basic-text');
});

it('is not there where nothing can be encrypted', () => {
  safeStorage.isEncryptionAvailable.mockReturnValueOnce(false);
  expect(createSecretCipher()).toBeUndefined();
});
