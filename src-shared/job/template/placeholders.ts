/** What stands in double braces, and which of it is a placeholder. */
import { SECRET_NAME_PATTERN } from '../../contract/profiles.ts';
import type { Task } from '../tasks.ts';
import { type Place, textsOf } from './texts.ts';

export type Placeholder = { source: string } & (
  | { kind: 'item'; path: readonly string[] }
  | { kind: 'index' }
  | { kind: 'secret'; name: string }
);

/** Literal text, or what is to be filled in. */
export type Segment = string | Placeholder;

const STEP = String.raw`\.[\p{L}\p{N}_$-]+|\[\d+\]|\["(?:[^"\\\n]|\\.)*"\]`;
const SECRET_NAME = SECRET_NAME_PATTERN.slice(1, -1);
const PLACEHOLDER = new RegExp(
  String.raw`\{\{\s*(?:item(?<path>(?:${STEP})*)|(?<index>index)|secret\.(?<secret>${SECRET_NAME}))\s*\}\}`,
  'gu',
);
const STEPS = new RegExp(STEP, 'gu');

/**
 * Cuts a text into what is literal and what is to be filled in. Only `{{item}}`, `{{item.field}}`, `{{item[0]}}`,
 * `{{item["odd name"]}}`, `{{index}}` and `{{secret.NAME}}` are placeholders, with spaces allowed inside of the braces;
 * anything else in double braces is literal, such as `{{.Names}}` for docker.
 * @param hasItems false: only secrets are placeholders
 */
export function segmentsOf(text: string, hasItems: boolean): Segment[] {
  const segments: Segment[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const placeholder = placeholderOf(match);
    if (placeholder === null || (placeholder.kind !== 'secret' && !hasItems)) continue;
    if (match.index > end) segments.push(text.slice(end, match.index));
    segments.push(placeholder);
    end = match.index + match[0].length;
  }
  if (end < text.length) segments.push(text.slice(end));
  return segments;
}

/** The placeholders of a task and where each stands, those that would be refused there included. */
export function placeholdersOf(task: Task): { placeholder: Placeholder; place: Place }[] {
  return textsOf(task).flatMap(({ place, text }) =>
    segmentsOf(text, true)
      .filter((segment) => typeof segment !== 'string')
      .map((placeholder) => ({ placeholder, place })),
  );
}

function placeholderOf(match: RegExpExecArray): Placeholder | null {
  const [source] = match;
  const { path, index, secret } = match.groups ?? {};
  if (secret !== undefined) return { source, kind: 'secret', name: secret };
  if (index !== undefined) return { source, kind: 'index' };
  const steps: string[] = [];
  for (const [step] of (path ?? '').matchAll(STEPS)) {
    const name = stepOf(step);
    if (name === null) return null;
    steps.push(name);
  }
  return { source, kind: 'item', path: steps };
}

/** The name in a step; null where what stands in quotes is no JSON string. */
function stepOf(step: string): string | null {
  if (step.startsWith('.')) return step.slice(1);
  const inside = step.slice(1, -1);
  if (!inside.startsWith('"')) return inside;
  try {
    return JSON.parse(inside) as string;
  } catch {
    return null;
  }
}
