/** Finding many byte strings at once: the algorithm of Wu and Manber (TR 94-17, University of Arizona, 1994). */

export interface Match {
  start: number;
  /** After its last byte. */
  end: number;
}

/**
 * Gives a function that finds every place of every pattern, in the order of their starts. It looks at two bytes at a
 * time and leaps over most of the others, so it costs no more with a hundred patterns than with one.
 * @param patterns each of at least two bytes
 */
export function patternSearch(patterns: readonly Buffer[]): (bytes: Buffer) => Match[] {
  const window = Math.min(...patterns.map((pattern) => pattern.length));
  /** By the last two bytes of the window: how far it may be moved without passing over a pattern's beginning. */
  const leaps = new Uint8Array(65_536).fill(Math.min(255, window - 1));
  const candidates = new Map<number, Buffer[]>();
  for (const pattern of patterns) {
    for (let at = 1; at < window; at += 1) {
      const pair = pairAt(pattern, at);
      leaps[pair] = Math.min(leaps[pair] ?? 0, window - 1 - at);
    }
    const last = pairAt(pattern, window - 1);
    candidates.set(last, [...(candidates.get(last) ?? []), pattern]);
  }

  return (bytes) => {
    const matches: Match[] = [];
    let at = window - 1;
    while (at < bytes.length) {
      const pair = pairAt(bytes, at);
      const leap = leaps[pair] ?? 0;
      if (leap > 0) {
        at += leap;
        continue;
      }
      const start = at - window + 1;
      for (const pattern of candidates.get(pair) ?? []) {
        if (isAt(bytes, start, pattern)) matches.push({ start, end: start + pattern.length });
      }
      at += 1;
    }
    return matches;
  };
}

function isAt(bytes: Buffer, start: number, pattern: Buffer): boolean {
  const end = start + pattern.length;
  // The first byte by hand: most candidates end there, and the call costs more.
  return (
    bytes[start] === pattern[0] &&
    end <= bytes.length &&
    bytes.compare(pattern, 0, pattern.length, start, end) === 0
  );
}

const pairAt = (bytes: Buffer, at: number) => ((bytes[at - 1] ?? 0) << 8) | (bytes[at] ?? 0);
