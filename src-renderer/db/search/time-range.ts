/** `created:` and `completed:`: `2026-01`, `>2026-01-05`, `<7d`, `today`, `2026-01-01..2026-02-01`. Pure. */

/** Milliseconds since 1970, both ends included. */
export interface TimeRange {
  from: number;
  to: number;
}

/** What a part of a range names: a stretch of time, or a point so long ago. */
type Moment = { start: number; end: number; isAge: boolean };

const UNIT_MS: Record<string, number> = {
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  mo: 2_629_800_000,
  y: 31_557_600_000,
};
const AGE = /^(\d{1,6})(s|m|min|h|d|w|mo|y)$/u;
const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:t(\d{2}):(\d{2})(?::(\d{2}))?(z|[+-]\d{2}:\d{2})?)?)?)?$/u;

/**
 * The range of a value, in the person's time zone; null where it is none. `>7d` is longer than 7 days ago and `<7d`
 * less than that; `7d` alone is the last 7 days.
 */
export function timeRangeOf(value: string, nowMs: number): TimeRange | null {
  const text = value.toLowerCase();
  const [, first, last] = /^(.*?)\.\.(.*)$/u.exec(text) ?? [];
  if (first !== undefined && last !== undefined) return between(first, last, nowMs);
  const [, operator = '', rest = ''] = /^(>=?|<=?|=)?(.*)$/u.exec(text) ?? [];
  const moment = momentOf(rest, nowMs);
  return moment === null ? null : compared(operator, moment);
}

function compared(operator: string, { start, end, isAge }: Moment): TimeRange {
  const isBefore = isAge ? operator.startsWith('>') : operator.startsWith('<');
  const isAfter = isAge ? !isBefore : operator.startsWith('>');
  if (isBefore) return { from: -Infinity, to: operator.endsWith('=') ? end : start - 1 };
  if (isAfter) return { from: operator.endsWith('=') || isAge ? start : end + 1, to: Infinity };
  return { from: start, to: end };
}

function between(first: string, last: string, nowMs: number): TimeRange | null {
  const from = first === '' ? null : momentOf(first, nowMs);
  const to = last === '' ? null : momentOf(last, nowMs);
  if ((first !== '' && from === null) || (last !== '' && to === null) || (from === null && to === null)) {
    return null;
  }
  // The later one may be named first, as in 1d..7d.
  if (from !== null && to !== null && from.start > to.start) return { from: to.start, to: from.end };
  return { from: from?.start ?? -Infinity, to: to?.end ?? Infinity };
}

function momentOf(text: string, nowMs: number): Moment | null {
  const [, count, unit] = AGE.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) {
    const at = nowMs - Number(count) * (UNIT_MS[unit] ?? 0);
    return { start: at, end: at, isAge: true };
  }
  if (text === 'today' || text === 'yesterday') {
    const now = new Date(nowMs);
    const day = now.getDate() - (text === 'today' ? 0 : 1);
    return stretch(
      new Date(now.getFullYear(), now.getMonth(), day),
      new Date(now.getFullYear(), now.getMonth(), day + 1),
    );
  }
  return dateOf(text);
}

function dateOf(text: string): Moment | null {
  const found = DATE.exec(text);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second, zone] = found;
  const [y, mo, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const [h, mi, s] = [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)];
  if (mo > 11 || d < 1 || h > 23 || mi > 59 || s > 59 || local(y, mo, d).getDate() !== d || mo < 0)
    return null;
  if (hour !== undefined) {
    const at = zone === undefined ? local(y, mo, d, h, mi, s).getTime() : Date.parse(text.toUpperCase());
    if (Number.isNaN(at)) return null;
    return { start: at, end: at + (second === undefined ? 59_999 : 999), isAge: false };
  }
  if (day !== undefined) return stretch(local(y, mo, d), local(y, mo, d + 1));
  if (month !== undefined) return stretch(local(y, mo, 1), local(y, mo + 1, 1));
  return stretch(local(y, 0, 1), local(y + 1, 0, 1));
}

/** A time of the local clock. Years before 100 are taken as they are. */
function local(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): Date {
  const date = new Date(2000, 0, 1, hour, minute, second);
  date.setFullYear(year, month, day);
  return date;
}

function stretch(start: Date, next: Date): Moment {
  return { start: start.getTime(), end: next.getTime() - 1, isAge: false };
}
