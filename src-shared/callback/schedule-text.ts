/** The waits of a callback schedule as a person writes them: `0s, 5s, 5min, 30min, 2h`. */
import { MAX_SCHEDULE_STEP_MS, MAX_SCHEDULE_STEPS } from './delivery.ts';

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const PART = /^(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)$/u;

export type ParsedSchedule = { scheduleMs: number[]; problem: null } | { scheduleMs: null; problem: string };

/** The waits in milliseconds, each from the end of the attempt before it; or what is wrong, as a sentence. */
export function parseScheduleText(text: string): ParsedSchedule {
  const parts = text
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part, index, all) => part !== '' || index < all.length - 1);
  if (parts.length === 0) return wrong('Expected at least one wait, such as 0s for an attempt at once.');
  if (parts.length > MAX_SCHEDULE_STEPS) {
    return wrong(`Expected at most ${MAX_SCHEDULE_STEPS} waits, got ${parts.length}.`);
  }
  const scheduleMs: number[] = [];
  for (const [index, part] of parts.entries()) {
    const [, number, unit = ''] = PART.exec(part) ?? [];
    if (number === undefined) {
      const got = part === '' ? 'nothing' : `“${part}”`;
      return wrong(
        `Expected wait ${index + 1} to be a number with ms, s, min, h or d, such as 30min; got ${got}.`,
      );
    }
    const ms = Math.round(Number(number) * (UNITS[unit] ?? Number.NaN));
    if (ms > MAX_SCHEDULE_STEP_MS) {
      return wrong(`Expected each wait to be at most 7d, got “${part}” as wait ${index + 1}.`);
    }
    scheduleMs.push(ms);
  }
  return { scheduleMs, problem: null };
}

/** The text of a schedule, each wait in the largest unit in which it is whole. */
export function scheduleText(scheduleMs: readonly number[]): string {
  return scheduleMs.map(waitText).join(', ');
}

function waitText(ms: number): string {
  if (ms === 0) return '0s';
  const unit = ['d', 'h', 'min', 's'].find((each) => ms % (UNITS[each] ?? 1) === 0) ?? 'ms';
  // A day is written as one only where it is several: 24 h beside 20 h.
  const written = unit === 'd' && ms < 2 * (UNITS.d ?? 1) ? 'h' : unit;
  return `${ms / (UNITS[written] ?? 1)}${written}`;
}

function wrong(problem: string): ParsedSchedule {
  return { scheduleMs: null, problem };
}
