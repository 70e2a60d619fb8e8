/** An item in the environment of the process that works on it. */

/**
 * Longer values are left out, in UTF-16 units: Linux takes no variable of over 128 KiB (MAX_ARG_STRLEN), and Windows none of
 * over 32,767 units.
 */
export const MAX_VARIABLE_LENGTH = 32_000;

/**
 * `JOBDECK_INDEX`; `JOBDECK_ITEM`: a text as it is, anything else as JSON; and for each field of an item that is an
 * object `JOBDECK_ITEM_<FIELD>`: the field's name in upper case, with `_` for what no variable's name may hold. Of two
 * fields that come to the same name the first is kept. What is longer than `MAX_VARIABLE_LENGTH` is left out.
 */
export function itemEnvironment(index: number, value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(itemVariables(index, value)).filter(([, text]) => text.length <= MAX_VARIABLE_LENGTH),
  );
}

/** The same with the long ones. */
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

/** What `field` is called in `JOBDECK_ITEM_<FIELD>`. */
export function variableName(field: string): string {
  return field.toUpperCase().replace(/[^A-Z0-9_]/gu, '_');
}

function variableText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
