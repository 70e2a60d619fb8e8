/** JSON that came from outside, looked at without trust. */
import { parseJson as parse } from '#shared/json/parse-json.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under a name; empty where there is none. */
export function objectIn(value: unknown, name: string): JsonObject {
  const inner = isObject(value) ? value[name] : undefined;
  return isObject(inner) ? inner : {};
}

/** The objects in the list under a name. */
export function objectsIn(value: unknown, name: string): JsonObject[] {
  const inner = isObject(value) ? value[name] : undefined;
  return Array.isArray(inner) ? inner.filter(isObject) : [];
}

/** A text, or undefined where it is not one or is empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Undefined where the text is not JSON; it may begin with a byte order mark. */
export function parseJson(text: string): unknown {
  try {
    return parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}
