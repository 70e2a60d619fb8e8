/** The words of which problems are told. */
import leven from 'leven';
import { JOB_ID_PATTERN } from '#shared/job/job-id.ts';

const LONGEST_QUOTE = 80;

/** A value as a sentence names it: short, and quoted where it is text. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'string') {
    return JSON.stringify(value.length > LONGEST_QUOTE ? `${value.slice(0, LONGEST_QUOTE)}…` : value);
  }
  return String(value);
}

/** `one of "a", "b" or "c"`, or just the one there is. */
export function oneOf(values: readonly unknown[]): string {
  return `${values.length > 1 ? 'one of ' : ''}${inWords(values.map(describe))}`;
}

/** `a, b or c`. */
export function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** ` Did you mean "running"?` where one of the known values is a slip of the pen away, else ''. */
export function suggestion(value: unknown, known: readonly unknown[]): string {
  if (typeof value !== 'string' || value.length > LONGEST_QUOTE) return '';
  const near = known
    .filter((word): word is string => typeof word === 'string')
    .map((word) => ({ word, distance: leven(value.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, distance }) => distance <= Math.max(1, Math.floor(word.length / 3)))
    .sort((a, b) => a.distance - b.distance)[0];
  return near === undefined ? '' : ` Did you mean ${JSON.stringify(near.word)}?`;
}

/** What the patterns of our schemas mean: a regular expression is no sentence. */
const PATTERNS: Record<string, string> = {
  [JOB_ID_PATTERN]: 'an id that begins with "job-" or "run-" and eight hexadecimal digits',
  '^[^\\u0000]*$': 'text without NUL characters',
  '^[^=\\u0000]+$': 'a name without "=" and NUL characters',
  "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$": 'the name of an HTTP method such as "GET"',
  '^[1-5]([0-9]{2}|xx)$': 'a status such as "204" or a class of them such as "2xx"',
  '^[^/\\\\\\u0000]*$': 'a name without slashes',
};

export function meaningOfPattern(pattern: string): string {
  return PATTERNS[pattern] ?? `text that matches ${pattern}`;
}
