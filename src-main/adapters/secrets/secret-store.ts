/** Secrets by name: given for this process alone, or kept in the data directory. */
import { join } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import type { SecretCipher, SecretStore } from '../workspace-types.ts';
import { checkSecret } from './check-secret.ts';
import { openKeptSecrets } from './kept-secrets.ts';
import { sealed, unsealed } from './sealed-value.ts';

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
  const file = openKeptSecrets(join(dataDirectory, SECRETS_FILE_NAME), onProblem);

  return {
    backend: cipher?.backend ?? 'file',
    names: () => [...new Set([...given.keys(), ...file.content().keys()])].sort(),
    get(name) {
      const value = given.get(name);
      if (value !== undefined) return value;
      const secret = file.content().get(name);
      if (secret === undefined) return undefined;
      const plain = unsealed(secret, cipher);
      if (plain !== null) return plain;
      const message = `The secret ${name} can't be read: it was kept with a key of a keychain that is not there now. Save it again, or give it on the command line with --secret ${name}=VALUE.`;
      onProblem(new AppError('unsupported', message));
      return undefined;
    },
    save(name, value) {
      checkSecret(name, value);
      file.replace(new Map([...file.content(), [name, sealed(value, cipher)]]));
    },
    remove(name) {
      const kept = file.content();
      if (kept.has(name)) file.replace(new Map([...kept].filter(([other]) => other !== name)));
    },
  };
}
