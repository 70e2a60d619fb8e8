/** Date-times as RFC 3339 writes them, and nothing else: ajv-formats is more generous than the RFC. */

// All of it at once for the usual form; the numbers are read by their places.
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/iu;

/**
 * True for an RFC 3339 date-time (section 5.6): a real day, `T` and `Z` in either case, an offset of hours and
 * minutes with a colon. A leap second (`:60`) is accepted where section 5.7 allows one, which is at 23:59:60 UTC on
 * the last day of June or December; elsewhere it is refused.
 */
export function isDateTime(text: string): boolean {
  return DATE_TIME.test(text) && impossibleIn(text) === null;
}

/**
 * What there is not in the calendar or on the clock, of text that is written as a date-time is: "no 30th day in month 2", as
 * the end of a sentence. Null where all of it is there, and for text that is written in another way.
 */
export function impossibleTime(text: string): string | null {
  return DATE_TIME.test(text) ? impossibleIn(text) : null;
}

function impossibleIn(text: string): string | null {
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  if (month < 1 || month > 12) return `no month ${month}`;
  if (day < 1 || day > daysOf(year, month)) return `no day ${day} in month ${month} of ${year}`;
  if (hour > 23) return `no hour ${hour}`;
  if (minute > 59) return `no minute ${minute}`;
  const sign = text.at(-6);
  const hasOffset = sign === '+' || sign === '-';
  const offsetHour = hasOffset ? two(text, text.length - 5) : 0;
  const offsetMinute = hasOffset ? two(text, text.length - 2) : 0;
  if (offsetHour > 23 || offsetMinute > 59) return `no offset ${text.slice(-6)}`;
  if (second < 60) return null;
  const offset = (offsetHour * 60 + offsetMinute) * (sign === '-' ? -1 : 1);
  const isLeap = second === 60 && mayLeap(year, month, day, hour, minute - offset);
  return isLeap ? null : `no second ${second} in that minute`;
}

/** @param minute may be beyond the hour, on either side */
function mayLeap(year: number, month: number, day: number, hour: number, minute: number): boolean {
  const before = new Date(0);
  before.setUTCFullYear(year, month - 1, day);
  before.setUTCHours(hour, minute, 59);
  return /-(?:06-30|12-31)T23:59:59/u.test(before.toISOString());
}

/** The number that two digits of `text` make. */
function two(text: string, at: number): number {
  return (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30;
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
