/** An item in the environment of the process that works on it. */

/**
 * In UTF-16 units. Linux takes no variable of over 128 KiB (MAX_ARG_STRLEN), Windows none of over 32,767 units.
 */
const MAX_VARIABLE_LENGTH = 32_000;

/**
 * `JOBDECK_INDEX`; `JOBDECK_ITEM`: a text as it is, anything else as JSON; and for each field of an item that is an
 * object `JOBDECK_ITEM_<FIELD>`: the field's name in upper case, with `_` for what no variable's name may hold. Of two
 * fields that come to the same name the first is kept. What no environment takes is left out.
 */
export function itemEnvironment(index: number, value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(itemVariables(index, value)).filter(([, text]) => unfit(text) === null),
  );
}

/** The same with those that are left out. */
export function itemVariables(index: number, value: unknown): Record<string, string> {
  const variables: Record<string, string> = {
    JOBDECK_INDEX: String(index),
    JOBDECK_ITEM: variableText(value),
  };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return variables;
  for (const [field, inner] of Object.entries(value)) {
    variables[`JOBDECK_ITEM_${variableName(field)}`] ??= variableText(inner);
  }
  return variables;
}

/** Why a text can't be in an environment; null where it can. */
export function unfit(text: string): string | null {
  if (text.length > MAX_VARIABLE_LENGTH) {
    return `at most ${MAX_VARIABLE_LENGTH} characters, got ${text.length}`;
  }
  if (text.includes('\0')) return 'no NUL character, got one';
  return text.isWellFormed() ? null : 'well-formed Unicode, got half of a surrogate pair';
}

/** What `field` is called in `JOBDECK_ITEM_<FIELD>`. */
export function variableName(field: string): string {
  return field.toUpperCase().replace(/[^A-Z0-9_]/gu, '_');
}

function variableText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
