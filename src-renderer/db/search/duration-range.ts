/** `duration:>5m`, `duration:<=1h30m`, `duration:10s..1m`. Pure. */

/** Milliseconds. */
export interface DurationRange {
  from: number;
  to: number;
  /** True where `from` and `to` themselves are not part of it. */
  isOpen: boolean;
}

const UNIT_MS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const PART = /(\d+(?:\.\d+)?)(ms|s|min|m|h|d)/gu;

/** The range of a value; null where it is none, or says neither less nor more. */
export function durationRangeOf(value: string): DurationRange | null {
  const text = value.toLowerCase();
  const [, first, last] = /^(.*?)\.\.(.*)$/u.exec(text) ?? [];
  if (first !== undefined && last !== undefined) {
    const from = first === '' ? 0 : durationMsOf(first);
    const to = last === '' ? Infinity : durationMsOf(last);
    if (from === null || to === null || first + last === '') return null;
    // The longer one may be named first.
    return { from: Math.min(from, to), to: Math.max(from, to), isOpen: false };
  }
  const [, operator, rest = ''] = /^(>=?|<=?)(.*)$/u.exec(text) ?? [];
  const ms = durationMsOf(rest);
  if (operator === undefined || ms === null) return null;
  const isOpen = !operator.endsWith('=');
  return operator.startsWith('>') ? { from: ms, to: Infinity, isOpen } : { from: 0, to: ms, isOpen };
}

/** "1h30m" in milliseconds; null for what is no duration. */
export function durationMsOf(text: string): number | null {
  if (text === '' || text.replaceAll(PART, '') !== '') return null;
  let total = 0;
  for (const [, count, unit] of text.matchAll(PART)) total += Number(count) * (UNIT_MS[unit ?? ''] ?? 0);
  return total;
}
