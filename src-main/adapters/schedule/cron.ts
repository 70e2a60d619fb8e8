/** Times of schedules, with croner. */
import { Cron as CronPattern } from 'croner';
import { AppError } from '#shared/app-error.ts';
import type { Schedule } from '#shared/job/jobdeck-metadata.ts';
import type { Cron } from '../../core/ports.ts';

const NICKNAMES = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

/**
 * Where clocks are put forward, a run at an hour of its own that is left out comes right after the gap; where they are
 * put back, it comes once. Runs of every hour or minute keep their distance in both. (As Vixie cron does it.)
 */
export function createCron(): Cron {
  return {
    next(schedule, after) {
      const next = patternOf(schedule).nextRun(new Date(after));
      if (next === null || isPast(next, schedule.until)) return null;
      return next.toISOString();
    },
  };
}

/** @throws AppError `bad-request` with a sentence for the person who wrote the schedule */
function patternOf({ cron, time_zone: timeZone }: Schedule): CronPattern {
  const text = cron.trim();
  checkFields(text);
  if (timeZone !== undefined) checkTimeZone(timeZone);
  try {
    return new CronPattern(text, {
      paused: true,
      mode: '5-or-6-parts',
      fixedTimeRule: 'no-wildcard',
      ...(timeZone !== undefined && { timezone: timeZone }),
    });
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/^Cron\w+: /u, '');
    const message = `Expected a cron expression, got ${JSON.stringify(text)}: ${reason.replace(/\.$/u, '')}.`;
    throw new AppError('bad-request', message, { cause: error });
  }
}

/** The library also takes a date, or years, where no schedule is meant. */
function checkFields(text: string): void {
  if (NICKNAMES.includes(text.toLowerCase())) return;
  const count = text === '' ? 0 : text.split(/\s+/u).length;
  if (count === 5 || count === 6) return;
  throw new AppError(
    'bad-request',
    `Expected five fields (minute, hour, day, month, weekday), or six with seconds first, got ${count} in ${JSON.stringify(text)}.`,
  );
}

function checkTimeZone(timeZone: string): void {
  if (/^[A-Za-z]/u.test(timeZone)) {
    try {
      new Intl.DateTimeFormat('en', { timeZone });
      return;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new AppError(
    'bad-request',
    `Expected the name of a time zone, such as Europe/Berlin or UTC, got ${JSON.stringify(timeZone)}.`,
  );
}

function isPast(time: Date, until: string | null | undefined): boolean {
  return until != null && time.getTime() > Date.parse(until);
}
