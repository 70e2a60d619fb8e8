/** What the body of a callback says of the parts that it lacks because they are too large. Pure. */
import type { LeftOut, Truncated } from '#shared/callback/left-out.ts';
import { formatBytes } from '../components/format/bytes.ts';
import { formatCount } from './count-words.ts';

export interface LeftOutWords {
  /** "84 kB would have been too long for a callback." */
  sentence: string;
  /** "/metadata/jobdeck/attempts: 40 entries, 12 kB" */
  parts: string[];
}

/** Null for a body that lacks nothing. */
export function leftOutOf(body: string): LeftOutWords | null {
  const truncated = truncatedIn(body);
  if (truncated === null) return null;
  const { bytes, left_out: parts, more = 0 } = truncated;
  return {
    sentence: `The whole would have ${formatBytes(bytes)}, too much for a callback. These parts were left out:`,
    parts: [...parts.map(partWords), ...(more > 0 ? [`${formatCount(more)} more`] : [])],
  };
}

function partWords({ path, bytes, count }: LeftOut): string {
  const entries = count === undefined ? '' : `${formatCount(count)} ${count === 1 ? 'entry' : 'entries'}, `;
  return `${path}: ${entries}${formatBytes(bytes)}`;
}

/** Bodies come from this application alone, of this version or one before it. */
function truncatedIn(body: string): Truncated | null {
  try {
    const { truncated } = JSON.parse(body) as { truncated?: Truncated };
    return Array.isArray(truncated?.left_out) ? truncated : null;
  } catch {
    // Not JSON, and so with nothing said of itself.
    return null;
  }
}
