/** An item in the environment of the process that works on it. */

/**
 * `JOBDECK_INDEX`; `JOBDECK_ITEM`: a text as it is, anything else as JSON; and for each field of an item that is an
 * object `JOBDECK_ITEM_<FIELD>`: the field's name in upper case, with `_` for what no variable's name may hold. Of two
 * fields that come to the same name the first is kept.
 */
export function itemEnvironment(index: number, value: unknown): Record<string, string> {
  const environment: Record<string, string> = {
    JOBDECK_INDEX: String(index),
    JOBDECK_ITEM: environmentText(value),
  };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return environment;
  for (const [field, inner] of Object.entries(value)) {
    environment[`JOBDECK_ITEM_${variableName(field)}`] ??= environmentText(inner);
  }
  return environment;
}

/** What `field` is called in `JOBDECK_ITEM_<FIELD>`. */
export function variableName(field: string): string {
  return field.toUpperCase().replace(/[^A-Z0-9_]/gu, '_');
}

function environmentText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
