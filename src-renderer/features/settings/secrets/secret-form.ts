/** A secret as it is typed, and what is wrong with it. Pure. */
import { SECRET_NAME_PATTERN } from '#shared/contract/profiles.ts';

const NAME = new RegExp(SECRET_NAME_PATTERN, 'u');
/** A shorter one would be taken out of output everywhere it happens to stand. */
export const MIN_SECRET_LENGTH = 4;
const MAX_SECRET_LENGTH = 65_536;

export function secretNameProblem(name: string): string | null {
  return NAME.test(name.trim())
    ? null
    : 'Expected letters, digits and _, not beginning with a digit, such as OPENAI_API_KEY.';
}

export function secretValueProblem(value: string): string | null {
  if (value.length < MIN_SECRET_LENGTH) {
    return `Expected at least ${MIN_SECRET_LENGTH} characters: a shorter one can't be kept out of output.`;
  }
  return value.length > MAX_SECRET_LENGTH ? `Expected at most ${MAX_SECRET_LENGTH} characters.` : null;
}
