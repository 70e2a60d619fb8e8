/** What is different between two JSON values. Pure. */
import { escapePointer } from '../validators/index.ts';

/** A side that does not have the place is undefined. */
export interface Difference {
  /** JSON Pointer (RFC 6901). */
  path: string;
  a: unknown;
  b: unknown;
}

/** The innermost places that differ; the order of an object's names means nothing. */
export function differences(a: unknown, b: unknown, path = ''): Difference[] {
  if (a === b) return [];
  if (isFields(a) && isFields(b) && Array.isArray(a) === Array.isArray(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) =>
      differences(own(a, name), own(b, name), `${path}/${escapePointer(name)}`),
    );
  }
  return [{ path, a, b }];
}

function own(fields: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
