/** What a body says of the parts that it lacks because they are too large. */
import { byteLength } from './byte-length.ts';

export interface LeftOut {
  /** JSON Pointer (RFC 6901) into the body as it would be. */
  path: string;
  /** Of its JSON text. */
  bytes: number;
  /** How many it holds, where it is a list or holds several named parts. */
  count?: number;
}

export interface Truncated {
  /** Of the whole body, had nothing been left out. */
  bytes: number;
  left_out: LeftOut[];
  /** How many more were left out than are named here. */
  more?: number;
}

/** What the notes of a body take at most, bytes: `MAX_NAMED` times the longest of them. */
export const MAX_NOTES_BYTES = 4000;
const MAX_NAMED = 20;
/** Keys can be as long as anything else, and each of their characters may take six bytes as JSON. */
const MAX_PATH_BYTES = 120;

export function truncated(wholeBytes: number, leftOut: readonly LeftOut[]): Truncated {
  const more = leftOut.length - MAX_NAMED;
  return {
    bytes: wholeBytes,
    left_out: leftOut.slice(0, MAX_NAMED),
    ...(more > 0 && { more }),
  };
}

export function noteOf(keys: readonly string[], value: unknown): LeftOut {
  const count = Array.isArray(value) ? value.length : undefined;
  const path = keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return { path: shortened(path), bytes: jsonBytes(value), ...(count !== undefined && { count }) };
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
