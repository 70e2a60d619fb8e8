/** Schedules as one says them, and as cron writes them. */

export const CRON_PRESETS = ['hourly', 'daily', 'weekdays', 'weekly', 'monthly', 'custom'] as const;
export type CronPreset = (typeof CRON_PRESETS)[number];

/** A schedule in the parts that have fields of their own; `hour` is not used hourly. */
export interface CronParts {
  preset: Exclude<CronPreset, 'custom'>;
  minute: number;
  hour: number;
  /** Of the week, 0 is Sunday. */
  weekday: number;
  /** Of the month, from 1. */
  day: number;
}

const USUAL: CronParts = { preset: 'daily', minute: 0, hour: 6, weekday: 1, day: 1 };

/** The parts of a cron line, or null for one that is not of the common forms. */
export function cronPartsOf(cron: string): CronParts | null {
  const fields = cron.trim().split(/\s+/u);
  if (fields.length !== 5) return null;
  const [minute, hour, day, month, weekday] = fields as [string, string, string, string, string];
  const atMinute = wholeNumber(minute, 59);
  if (atMinute === null || month !== '*') return null;
  if (hour === '*') {
    return day === '*' && weekday === '*' ? { ...USUAL, preset: 'hourly', minute: atMinute } : null;
  }
  const atHour = wholeNumber(hour, 23);
  if (atHour === null) return null;
  const clock = { ...USUAL, minute: atMinute, hour: atHour };
  if (day === '*' && weekday === '*') return { ...clock, preset: 'daily' };
  if (day === '*' && weekday === '1-5') return { ...clock, preset: 'weekdays' };
  const onWeekday = wholeNumber(weekday, 7);
  if (day === '*' && onWeekday !== null) return { ...clock, preset: 'weekly', weekday: onWeekday % 7 };
  const onDay = wholeNumber(day, 31);
  return weekday === '*' && onDay !== null && onDay > 0 ? { ...clock, preset: 'monthly', day: onDay } : null;
}

export function cronOf({ preset, minute, hour, weekday, day }: CronParts): string {
  switch (preset) {
    case 'hourly':
      return `${minute} * * * *`;
    case 'daily':
      return `${minute} ${hour} * * *`;
    case 'weekdays':
      return `${minute} ${hour} * * 1-5`;
    case 'weekly':
      return `${minute} ${hour} * * ${weekday}`;
    case 'monthly':
      return `${minute} ${hour} ${day} * *`;
  }
}

/** Another preset with the parts that the one before had. */
export function cronAs(preset: CronParts['preset'], cron: string): string {
  return cronOf({ ...(cronPartsOf(cron) ?? USUAL), preset });
}

/** "06:05" of the parts, as a time field has it. */
export function clockText({ hour, minute }: Pick<CronParts, 'hour' | 'minute'>): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

export function parseClock(text: string): Pick<CronParts, 'hour' | 'minute'> | null {
  const [, hour, minute] = /^(\d{2}):(\d{2})/u.exec(text) ?? [];
  return hour === undefined ? null : { hour: Number(hour), minute: Number(minute) };
}

function wholeNumber(text: string, max: number): number | null {
  return /^\d{1,2}$/u.test(text) && Number(text) <= max ? Number(text) : null;
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short', timeZone: 'UTC' });
const weekdays = new Intl.DateTimeFormat(undefined, { weekday: 'long', timeZone: 'UTC' });

/** "every weekday at 06:00"; the line itself where it is of no common form. */
export function cronWords(cron: string): string {
  const parts = cronPartsOf(cron);
  if (parts === null) return `by the schedule ${cron}`;
  const at = `at ${clock.format(Date.UTC(2000, 0, 1, parts.hour, parts.minute))}`;
  switch (parts.preset) {
    case 'hourly':
      return parts.minute === 0 ? 'every hour' : `every hour, ${parts.minute} min past`;
    case 'daily':
      return `every day ${at}`;
    case 'weekdays':
      return `every weekday ${at}`;
    case 'weekly':
      return `every ${weekdayName(parts.weekday)} ${at}`;
    case 'monthly':
      return `on day ${parts.day} of every month ${at}`;
  }
}

/** @param weekday from 0, Sunday */
export function weekdayName(weekday: number): string {
  // 2 January 2000 was a Sunday.
  return weekdays.format(Date.UTC(2000, 0, 2 + weekday));
}
