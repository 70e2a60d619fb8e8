/** Values of a document that may be anything: what was typed as JSON is shown as far as it can be. */
import { parseJson } from '#shared/json/parse-json.ts';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** The value of a JSON text, or undefined while it is none. */
export function jsonIn(text: string): { value: unknown } | undefined {
  try {
    return { value: parseJson(text) };
  } catch {
    // Half typed: the editor says where.
    return undefined;
  }
}
