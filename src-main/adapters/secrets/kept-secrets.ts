/** The file of the secrets, `secrets.json` of a data directory: what is in it, as it is kept. */
import type { AppError } from '#shared/app-error.ts';
import { isSecretName } from './check-secret.ts';
import { isRecord, openPrivateFile, type PrivateFile } from './private-file.ts';
import { isSealedValue, type SealedValue } from './sealed-value.ts';

export type KeptSecrets = ReadonlyMap<string, SealedValue>;

const VERSION = 1;

export function openKeptSecrets(
  path: string,
  onProblem: (error: AppError) => void,
): PrivateFile<KeptSecrets> {
  return openPrivateFile<KeptSecrets>({
    path,
    what: 'secrets',
    empty: new Map(),
    parse,
    format: (secrets) => ({ version: VERSION, secrets: Object.fromEntries(secrets) }),
    onProblem,
  });
}

function parse(file: unknown): KeptSecrets | null {
  if (!isRecord(file) || file.version !== VERSION || !isRecord(file.secrets)) return null;
  const secrets = new Map<string, SealedValue>();
  for (const [name, kept] of Object.entries(file.secrets)) {
    if (!isSecretName(name) || !isSealedValue(kept)) return null;
    secrets.set(name, { backend: kept.backend, value: kept.value });
  }
  return secrets;
}
