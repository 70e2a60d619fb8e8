const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const justDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const dayAndClock = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
});

/** How long ago, short enough for a column: "now", "4 min", "3 h", "2 d", then the day in the person's locale. */
export function formatAgo(atMs: number, nowMs: number): string {
  const ago = nowMs - atMs;
  if (ago < -MINUTE) return formatDay(atMs, nowMs);
  if (ago < 45_000) return 'now';
  if (ago < HOUR) return `${Math.max(1, Math.round(ago / MINUTE))} min`;
  if (ago < DAY) return `${Math.round(ago / HOUR)} h`;
  if (ago < 7 * DAY) return `${Math.round(ago / DAY)} d`;
  return formatDay(atMs, nowMs);
}

function formatDay(atMs: number, nowMs: number): string {
  const sameYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
  return (sameYear ? justDay : dayAndYear).format(atMs);
}

/** The whole truth, for the tooltip. */
export function formatExact(atMs: number): string {
  return exact.format(atMs);
}

/** A time of day, with the day before it where that is not today. */
export function formatClock(atMs: number, nowMs: number): string {
  const today = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  return (today ? clock : dayAndClock).format(atMs);
}
