/** The file of the secrets, `secrets.json` of a data directory: what is in it, as it is kept. */
import { readFileSync } from 'node:fs';
import { AppError } from '#shared/app-error.ts';
import { SECRET_BACKENDS, type SecretBackend } from '#shared/contract/profiles.ts';
import { codeOf } from '../process/system-error.ts';
import { isSecretName } from './check-secret.ts';
import { accessOf, replaceFile, takeFromOthers } from './owner-only.ts';

export interface KeptSecret {
  /** How it was kept: the desktop application and the command line may have the same data directory in turn. */
  backend: SecretBackend;
  /** The value itself with the backend `file`, else what the cipher made of it. */
  value: string;
}

export type KeptSecrets = ReadonlyMap<string, KeptSecret>;

const VERSION = 1;

/**
 * Reads the file; what others could read is for its owner alone from then on, and `onProblem` is told.
 * @throws AppError `io` where it can't be read or kept from others, `invalid-document` where it is damaged
 */
export function readKeptSecrets(path: string, onProblem: (error: AppError) => void): KeptSecrets {
  const access = reading(path, () => accessOf(path));
  if (access === 'missing') return new Map();
  if (access === 'open') {
    takeFromOthers(path);
    const message = `${path} could be read by others. It no longer can, but replace its secrets: they may be known.`;
    onProblem(new AppError('io', message));
  }
  const secrets = parsed(reading(path, () => readFileSync(path, 'utf8')));
  if (secrets !== null) return secrets;
  // Without the file's text: a part of it may be a secret.
  const message = `The file of the secrets, ${path}, is damaged and was left as it is. Repair or remove it, then start Jobdeck again.`;
  throw new AppError('invalid-document', message);
}

/**
 * Durable on return.
 * @throws AppError `disk-full` or `io`, and then the file is as it was
 */
export function writeKeptSecrets(path: string, secrets: KeptSecrets): void {
  const text = JSON.stringify({ version: VERSION, secrets: Object.fromEntries(secrets) }, null, 2);
  try {
    replaceFile(path, `${text}\n`);
  } catch (error) {
    const isFull = ['ENOSPC', 'EDQUOT'].includes(codeOf(error));
    const why = isFull ? 'the disk is full. Free some space and save it again' : codeOf(error);
    throw new AppError(isFull ? 'disk-full' : 'io', `The secret could not be kept in ${path}: ${why}.`);
  }
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new AppError('io', `The file of the secrets, ${path}, can't be read: ${codeOf(error)}.`, {
      cause: error,
    });
  }
}

function parsed(text: string): KeptSecrets | null {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    // The error quotes the text. The caller says what to do.
    return null;
  }
  if (!isRecord(file) || file.version !== VERSION || !isRecord(file.secrets)) return null;
  const secrets = new Map<string, KeptSecret>();
  for (const [name, kept] of Object.entries(file.secrets)) {
    if (!isSecretName(name) || !isKeptSecret(kept)) return null;
    secrets.set(name, { backend: kept.backend, value: kept.value });
  }
  return secrets;
}

function isKeptSecret(value: unknown): value is KeptSecret {
  return (
    isRecord(value) &&
    SECRET_BACKENDS.includes(value.backend as SecretBackend) &&
    typeof value.value === 'string'
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
