/** JSON with placeholders in its texts. */
import type { HttpTask } from '../tasks.ts';
import { define, type Fill, fillParts, type Reading } from './fill.ts';
import { CONTENT, fillText, readSegments } from './fill-text.ts';
import { placeholderValue } from './placeholder-value.ts';
import { type Place, placeIn } from './texts.ts';

/** Reads a request's body: a text stays a text, in anything else a placeholder alone becomes its value. */
export function fillBody(body: HttpTask['body'], place: Place, reading: Reading): Fill<unknown> {
  return typeof body === 'string' ? fillText(body, place, CONTENT, reading) : fillJson(body, place, reading);
}

/**
 * Reads JSON. A text that is one placeholder and nothing else becomes the value itself, so that a number stays a
 * number; any other text stays a text. Names are never expanded.
 */
export function fillJson(value: unknown, place: Place, reading: Reading): Fill<unknown> {
  if (typeof value === 'string') return fillString(value, place, reading);
  if (Array.isArray(value)) return fillList(value, place, reading);
  if (!isObject(value)) return null;
  return fillParts(
    value,
    Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, fillJson(inner, placeIn(place, name), reading)]),
    ),
  );
}

function fillString(text: string, place: Place, reading: Reading): Fill<unknown> {
  const segments = readSegments(text, place, 'allowed', reading);
  if (segments === null) return null;
  const [only] = segments;
  if (segments.length === 1 && only !== undefined && typeof only !== 'string') {
    return (scope) => placeholderValue(only, place, scope);
  }
  return fillText(text, place, CONTENT, reading);
}

function fillList(list: readonly unknown[], place: Place, reading: Reading): Fill<unknown[]> {
  const fills = list.map((element, at) => fillJson(element, placeIn(place, at), reading));
  if (fills.every((fill) => fill === null)) return null;
  return (scope) => {
    const copy = [...list];
    fills.forEach((fill, at) => {
      if (fill !== null) define(copy, String(at), fill(scope));
    });
    return copy;
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
