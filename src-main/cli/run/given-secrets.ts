/** `--secret NAME=VALUE`. */
import { MIN_SECRET_CHARACTERS } from '#shared/contract/profiles.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import { checkSecret } from '../../adapters/secrets/check-secret.ts';
import { usageError } from '../arguments.ts';

/**
 * Secrets by name, the last of a name.
 * @throws AppError `bad-request` that shows nothing of what was given: even a "name" may be a secret without one
 */
export function secretsOf(given: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    given.map((text) => {
      const at = text.indexOf('=');
      const name = text.slice(0, Math.max(at, 0));
      const value = text.slice(at + 1);
      if (at < 0 || !isSecret(name, value)) {
        throw usageError(
          `Expected NAME=VALUE after --secret, NAME of letters, digits and _, VALUE with at least ${MIN_SECRET_CHARACTERS} characters.`,
        );
      }
      return [name, value] as const;
    }),
  );
}

function isSecret(name: string, value: string): boolean {
  try {
    checkSecret(name, value);
    return true;
  } catch (error) {
    if (toErrorValue(error).code === 'bad-request') return false;
    throw error;
  }
}
