/** What a secret may be called, and what it may be. */
import { AppError } from '#shared/app-error.ts';
import {
  MAX_SECRET_CHARACTERS,
  MIN_SECRET_CHARACTERS,
  SECRET_NAME_PATTERN,
} from '#shared/contract/profiles.ts';

const NAME = new RegExp(SECRET_NAME_PATTERN, 'u');

export const isSecretName = (name: string): boolean => NAME.test(name);

/**
 * @throws AppError `bad-request` that names the secret and what is wrong with it, and never its value
 */
export function checkSecret(name: string, value: string): void {
  if (!isSecretName(name)) {
    throw refused(
      `Expected a secret's name of letters, digits and _, not a digit first, got ${JSON.stringify(name)}.`,
    );
  }
  if (value.trim().length < MIN_SECRET_CHARACTERS) {
    throw refused(
      `Expected the secret ${name} to have at least ${MIN_SECRET_CHARACTERS} characters, space around it not counted: a shorter one can't be told from ordinary text when it is taken out of output.`,
    );
  }
  if (value.length > MAX_SECRET_CHARACTERS) {
    throw refused(
      `Expected the secret ${name} to have at most ${MAX_SECRET_CHARACTERS} characters, got ${value.length}.`,
    );
  }
  if (value.includes('\0')) {
    throw refused(`Expected the secret ${name} to be text, got a NUL in it, which no program can be given.`);
  }
}

const refused = (message: string) => new AppError('bad-request', message);
