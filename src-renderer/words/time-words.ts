/** Times of a plan, in the person's locale. */
import { formatDuration } from '../components/format/duration.ts';

/** "Tue 1 Dec 2026, 07:00", in this computer's time zone or another. */
export function planTime(iso: string, timeZone?: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(date.getSeconds() !== 0 && { second: '2-digit' }),
    ...(timeZone !== undefined && { timeZone, timeZoneName: 'short' }),
  }).format(date);
}

/** "5 s": a duration that was asked for, and not measured. */
export function planDuration(ms: number): string {
  return formatDuration(ms).replace('.0 s', ' s');
}
