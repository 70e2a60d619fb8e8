/** Date-times as RFC 3339 writes them, and nothing else: ajv-formats is more generous than the RFC. */

// Year, month, day, hour, minute, second; then the offset's sign, hour and minute.
const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/iu;

/**
 * True for an RFC 3339 date-time (section 5.6): a real day, `T` and `Z` in either case, an offset of hours and
 * minutes with a colon. A leap second (`:60`) is accepted where section 5.7 allows one, which is at 23:59:60 UTC on
 * the last day of June or December; elsewhere it is refused.
 */
export function isDateTime(text: string): boolean {
  const parts = DATE_TIME.exec(text);
  if (parts === null) return false;
  const part = (index: number) => Number(parts[index] ?? 0);
  const [year, month, day] = [part(1), part(2), part(3)];
  const [hour, minute, second] = [part(4), part(5), part(6)];
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return false;
  if (hour > 23 || minute > 59 || part(8) > 23 || part(9) > 59) return false;
  if (second < 60) return true;
  if (second > 60) return false;
  const offsetMinutes = (part(8) * 60 + part(9)) * (parts[7] === '-' ? -1 : 1);
  const before = new Date(0);
  before.setUTCFullYear(year, month - 1, day);
  before.setUTCHours(hour, minute - offsetMinutes, 59);
  return /-(?:06-30|12-31)T23:59:59/u.test(before.toISOString());
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
