/** Durations for sentences. */

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
  ['millisecond', 1],
] as const;

/** A number of milliseconds in words: "1 minute and 30 seconds". Exact: no part is left out. */
export function durationInWords(milliseconds: number): string {
  const parts: string[] = [];
  let rest = milliseconds;
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
  }
  const last = parts.pop() ?? '0 milliseconds';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}
