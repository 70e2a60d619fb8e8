/** Secrets by name: given for this process alone, or kept in the data directory. */
import { join } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import type { SecretCipher, SecretStore } from '../workspace-types.ts';
import { checkSecret } from './check-secret.ts';
import { type KeptSecret, type KeptSecrets, readKeptSecrets, writeKeptSecrets } from './kept-secrets.ts';

export const SECRETS_FILE_NAME = 'secrets.json';

export interface SecretStoreOptions {
  dataDirectory: string;
  /** Where absent, values are kept as they are, in a file for its owner alone. */
  cipher?: SecretCipher;
  /** Come before the kept ones of the same name, and are never written. */
  given?: ReadonlyMap<string, string>;
  /** Told of a file or of a value that can't be used, in a sentence with its name; the others can be. */
  onProblem: (error: AppError) => void;
}

/** @throws AppError `bad-request` where a given secret is none */
export function createSecretStore(options: SecretStoreOptions): SecretStore {
  const { dataDirectory, cipher, given = new Map<string, string>(), onProblem } = options;
  for (const [name, value] of given) checkSecret(name, value);
  const path = join(dataDirectory, SECRETS_FILE_NAME);
  const backend = cipher?.backend ?? 'file';
  let damage: AppError | null = null;
  let kept: KeptSecrets = load();

  function load(): KeptSecrets {
    try {
      return readKeptSecrets(path, onProblem);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      damage = error;
      onProblem(error);
      return new Map();
    }
  }

  /** Nothing is written over a file that could not be read. */
  const replaceBy = (secrets: KeptSecrets) => {
    if (damage !== null) throw damage;
    writeKeptSecrets(path, secrets);
    kept = secrets;
  };

  return {
    backend,
    names: () => [...new Set([...given.keys(), ...kept.keys()])].sort(),
    get(name) {
      const value = given.get(name);
      if (value !== undefined) return value;
      const secret = kept.get(name);
      if (secret === undefined) return undefined;
      try {
        return plainValue(name, secret, cipher);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        onProblem(error);
        return undefined;
      }
    },
    save(name, value) {
      checkSecret(name, value);
      const secret = { backend, value: cipher === undefined ? value : cipher.encrypt(value) };
      replaceBy(new Map([...kept, [name, secret]]));
    },
    remove(name) {
      if (kept.has(name)) replaceBy(new Map([...kept].filter(([other]) => other !== name)));
    },
  };
}

function plainValue(name: string, { backend, value }: KeptSecret, cipher: SecretCipher | undefined): string {
  if (backend === 'file') return value;
  try {
    if (cipher !== undefined) return cipher.decrypt(value);
  } catch {
    // Why says nothing that helps: the keychain is another one, or was emptied.
  }
  const message = `The secret ${name} can't be read: it was kept with a key of a keychain that is not there now. Save it again, or give it on the command line with --secret ${name}=VALUE.`;
  throw new AppError('unsupported', message);
}
