/** Texts with placeholders in them. */
import { checkText, checkUnicode, define, type Fill, type Reading } from './fill.ts';
import { placeholderText } from './placeholder-value.ts';
import { type Placeholder, type Segment, segmentsOf } from './placeholders.ts';
import type { TemplateScope } from './scope.ts';
import { TemplateProblem } from './template-problem.ts';
import { type Place, placeIn } from './texts.ts';

export interface TextRules {
  /** Whether secrets may stand here; if not, why. */
  secrets: 'allowed' | 'seen-by-others' | 'never-in-url';
  /** What becomes of a value before it is put in. May refuse it. */
  put: (text: string, source: string, place: Place) => string;
}

/** What the operating system takes, but where every user of the machine can read it. */
export const ARGUMENT: TextRules = { secrets: 'seen-by-others', put: checkText };
export const ENVIRONMENT: TextRules = { secrets: 'allowed', put: checkText };
export const CONTENT: TextRules = { secrets: 'allowed', put: checkUnicode };
export const HEADER: TextRules = { secrets: 'allowed', put: putHeader };

/** Reads a text. */
export function fillText(text: string, place: Place, rules: TextRules, reading: Reading): Fill<string> {
  const segments = readSegments(text, place, rules.secrets, reading);
  if (segments === null) return null;
  return (scope) => segments.map((segment) => putSegment(segment, place, rules, scope)).join('');
}

/** Reads the texts of a list or an object. */
export function fillTexts<T extends string[] | Record<string, string>>(
  texts: T | undefined,
  place: Place,
  rules: TextRules,
  reading: Reading,
): Fill<T> {
  if (texts === undefined) return null;
  const fills = Object.entries<string>(texts).flatMap(([name, text]) => {
    const fill = fillText(text, placeIn(place, Array.isArray(texts) ? Number(name) : name), rules, reading);
    return fill === null ? [] : [{ name, fill }];
  });
  if (fills.length === 0) return null;
  return (scope) => {
    const copy = (Array.isArray(texts) ? [...texts] : { ...texts }) as T;
    for (const { name, fill } of fills) define(copy, name, fill(scope));
    return copy;
  };
}

/**
 * Cuts a text into its segments; null where it has no placeholder.
 * @throws TemplateProblem for a secret that must not stand here
 */
export function readSegments(
  text: string,
  place: Place,
  secrets: TextRules['secrets'],
  reading: Reading,
): Segment[] | null {
  const segments = segmentsOf(text, reading.hasItems);
  if (segments.every((segment) => typeof segment === 'string')) return null;
  for (const segment of segments) {
    if (typeof segment === 'string' || segment.kind !== 'secret') continue;
    if (secrets !== 'allowed') throw misplacedSecret(segment, place, secrets);
    reading.secrets.add(segment.name);
  }
  return segments;
}

function putSegment(segment: Segment, place: Place, rules: TextRules, scope: TemplateScope): string {
  if (typeof segment === 'string') return segment;
  return rules.put(placeholderText(segment, place, scope), segment.source, place);
}

/** A line break in a value would begin a header of its own (RFC 9110, section 5.5). */
function putHeader(text: string, source: string, place: Place): string {
  if (!/[\r\n]/u.test(text)) return checkText(text, source, place);
  throw new TemplateProblem(
    'template',
    `Expected one line of text for ${source} in ${place}, got a line break: a header has none.`,
  );
}

function misplacedSecret(
  { source }: Placeholder,
  place: Place,
  why: Exclude<TextRules['secrets'], 'allowed'>,
): TemplateProblem {
  const reason =
    why === 'seen-by-others'
      ? `others on this machine could read it in the list of processes. Put it into env, such as "TOKEN": "${source}", and use the variable`
      : 'addresses are kept in logs. Put it into a header, such as "Authorization", or into the body';
  return new TemplateProblem('secret', `Expected no secret in ${place}, got ${source}: ${reason}.`);
}
