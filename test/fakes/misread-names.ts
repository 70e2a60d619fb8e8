/** Objects whose names V8 takes for those of others (nodejs/node#63785), where `JSON.parse` reads one after the other. */

export interface MisreadNames {
  /** Read first: what is guessed from then on. */
  guessed: Record<string, unknown>;
  /** Read after it as if its second name were that of the other. */
  misread: Record<string, unknown>;
}

/**
 * Another pair for each prefix: what a name was guessed from once is guessed for as long as the process lives. Without
 * prototypes, as an object literal with the same names would keep V8 from guessing.
 */
export function misreadNames(prefix: string): MisreadNames {
  return {
    guessed: withoutPrototype({ [prefix]: 1 }, `${prefix}\\`, 1),
    misread: withoutPrototype({ [prefix]: 1 }, `${prefix}\n`, 2),
  };
}

function withoutPrototype(first: object, name: string, value: number): Record<string, unknown> {
  const object: Record<string, unknown> = Object.assign(Object.create(null), first);
  object[name] = value;
  return object;
}
