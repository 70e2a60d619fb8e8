/** What a body says of the parts that it lacks because they are too large. */
import { pointerStep } from '../json/pointer-step.ts';
import { byteLength } from './byte-length.ts';

export interface LeftOut {
  /** JSON Pointer (RFC 6901) into the body as it would be. */
  path: string;
  /** Of its JSON text. */
  bytes: number;
  /** How many it holds, where it is a list. */
  count?: number;
}

export interface Truncated {
  /** Of the whole body, had nothing been left out. */
  bytes: number;
  left_out: LeftOut[];
  /** How many were left out that are not named here. */
  more?: number;
}

/** What there is of it at least, bytes. */
export const NOTES_HEAD_BYTES = 100;
export const MAX_NAMED = 20;
/** Keys can be as long as anything else, and each of their characters may take six bytes as JSON. */
const MAX_PATH_BYTES = 120;

/**
 * @param wholeBytes of the body, had nothing been left out
 * @param notes the first `MAX_NAMED` of what was
 * @param count of all that was
 */
export function truncated(wholeBytes: number, notes: LeftOut[], count: number): Truncated {
  const more = count - notes.length;
  return { bytes: wholeBytes, left_out: notes, ...(more > 0 && { more }) };
}

/** @param bytes of its JSON text, where that is known */
export function noteOf(keys: readonly string[], value: unknown, bytes = jsonBytes(value)): LeftOut {
  const count = Array.isArray(value) ? value.length : undefined;
  const path = keys.map((key) => `/${pointerStep(key)}`).join('');
  return { path: shortened(path), bytes, ...(count !== undefined && { count }) };
}

/** Of its JSON text; 0 for what has none. */
export function jsonBytes(value: unknown): number {
  return byteLength(JSON.stringify(value) ?? '');
}

function shortened(path: string): string {
  if (path.length <= MAX_PATH_BYTES && jsonBytes(path) <= MAX_PATH_BYTES) return path;
  let short = path.slice(0, MAX_PATH_BYTES);
  while (jsonBytes(`${short}…`) > MAX_PATH_BYTES) short = short.slice(0, -1);
  return `${short}…`;
}
