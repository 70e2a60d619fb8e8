/** What is different between two JSON values, place by place. Pure. */
import { pointerStep } from './pointer-step.ts';

export interface Difference {
  /** JSON Pointer (RFC 6901). */
  path: string;
  /** A side that does not have the place is undefined. */
  a: unknown;
  b: unknown;
}

export interface Differences {
  /** The first of them. */
  shown: Difference[];
  count: number;
}

/** The innermost places that differ. The order of an object's names means nothing, that of a list does. */
export function differences(a: unknown, b: unknown, maxShown = Number.POSITIVE_INFINITY): Differences {
  const found: Differences = { shown: [], count: 0 };
  const compare = (path: string, one: unknown, other: unknown): void => {
    if (one === other) return;
    if (isNested(one) && isNested(other) && Array.isArray(one) === Array.isArray(other)) {
      // A list's names are its indexes.
      for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
        compare(`${path}/${pointerStep(name)}`, own(one, name), own(other, name));
      }
      return;
    }
    found.count += 1;
    if (found.shown.length < maxShown) found.shown.push({ path, a: one, b: other });
  };
  compare('', a, b);
  return found;
}

function own(value: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function isNested(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
