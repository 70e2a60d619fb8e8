/** An address with placeholders in it. */
import { checkText, type Fill, type Reading } from './fill.ts';
import { readSegments } from './fill-text.ts';
import { placeholderText } from './placeholder-value.ts';
import { TemplateProblem } from './template-problem.ts';
import type { Place } from './texts.ts';

/**
 * Reads an address. A value at its very beginning is put in as it is, since it holds the scheme and the host; a value
 * anywhere else is percent-encoded, so that it stays inside of the part of the address where it stands.
 */
export function fillUrl(url: string, place: Place, reading: Reading): Fill<string> {
  const segments = readSegments(url, place, 'never-in-url', reading);
  if (segments === null) return null;
  return (scope) => {
    let filled = '';
    for (const segment of segments) {
      if (typeof segment === 'string') {
        filled += segment;
        continue;
      }
      const text = checkText(placeholderText(segment, place, scope), segment.source, place);
      if (filled === '') filled = text;
      else filled += encodePart(text, segment.source, place, filled);
    }
    return filled;
  };
}

function encodePart(text: string, source: string, place: Place, before: string): string {
  // "." and ".." climb out of their folder, however they are encoded (WHATWG URL, "double-dot path segment").
  if (/^\.{1,2}$/u.test(text) && !/[?#]/u.test(before)) {
    throw new TemplateProblem(
      'template',
      `Expected a name for ${source} in ${place}, got "${text}": in an address that means another folder.`,
    );
  }
  return encodeURIComponent(text);
}
