import leven from 'leven';

/** The one of `values` that `text` may have been meant to be; null where none is near. */
export function nearest(text: string, values: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(text.length / 2)) + 1;
  for (const value of values) {
    const distance = leven(text, value, { maxDistance: bestDistance });
    if (distance < bestDistance) [best, bestDistance] = [value, distance];
  }
  return best;
}
