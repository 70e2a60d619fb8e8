/** JSON with placeholders in its texts. */
import type { HttpTask, LlmTask } from '../tasks.ts';
import { define, type Fill, fillParts, type Reading } from './fill.ts';
import { CONTENT, fillText, readSegments } from './fill-text.ts';
import { placeholderValue } from './placeholder-value.ts';
import { TemplateProblem } from './template-problem.ts';
import { type Place, placeIn } from './texts.ts';

/** Reads a request's body: a text stays a text, in anything else a placeholder alone becomes its value. */
export function fillBody(body: HttpTask['body'], place: Place, reading: Reading): Fill<unknown> {
  return typeof body === 'string' ? fillText(body, place, CONTENT, reading) : fillJson(body, place, reading);
}

/** Reads what a model endpoint is asked. A text is one placeholder, whose value has to be an object. */
export function fillRequest(
  request: LlmTask['request'],
  place: Place,
  reading: Reading,
): Fill<LlmTask['request']> {
  if (typeof request !== 'string') return fillJson(request, place, reading) as Fill<LlmTask['request']>;
  const fill = fillJson(request, place, reading);
  if (fill === null) {
    const expected = reading.hasItems ? 'an object, or a placeholder for one' : 'items that fill it';
    throw new TemplateProblem('template', `Expected ${expected} in ${place}, got the text ${request}.`);
  }
  return (scope) => {
    const value = fill(scope);
    if (isObject(value)) return value;
    throw new TemplateProblem(
      'template',
      `Expected an object for ${request} in ${place}, got ${nameOf(value)}: it is the body of the request.`,
    );
  };
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

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
