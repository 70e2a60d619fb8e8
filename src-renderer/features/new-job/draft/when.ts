/** When a job runs: now, not before a time, or by a schedule. */
import { at, type Fields, inJobdeck, number, oneOf, requiredText, text, time } from './fields.ts';

export interface WhenForm {
  notBefore: string | null;
  deadline: string | null;
  hasSchedule: boolean;
  cron: string;
  /** '' for the system's. */
  timeZone: string;
  missed: 'skip' | 'catch-up';
  remaining: number | null;
  until: string | null;
}

const inSchedule = 'metadata/jobdeck/schedule';

export const WHEN_FIELDS: Fields<WhenForm> = {
  notBefore: inJobdeck('not_before', time),
  deadline: inJobdeck('deadline', time),
  // Switching it on is writing `cron`, the one thing that a schedule must have.
  hasSchedule: at(inSchedule, {
    read: (value) => value !== undefined && value !== null,
    write: (has) => (has ? { cron: '0 * * * *' } : undefined),
  }),
  cron: at(`${inSchedule}/cron`, requiredText),
  timeZone: at(`${inSchedule}/time_zone`, text),
  missed: at(`${inSchedule}/missed`, oneOf(['skip', 'catch-up'])),
  remaining: at(`${inSchedule}/remaining`, number),
  until: at(`${inSchedule}/until`, time),
};

export type WhenMode = 'now' | 'later' | 'schedule';

export function whenModeOf(form: Pick<WhenForm, 'hasSchedule' | 'notBefore'>): WhenMode {
  if (form.hasSchedule) return 'schedule';
  return form.notBefore === null ? 'now' : 'later';
}

/** What to change for another mode. `later` begins with the next full hour. */
export function whenModeChange(mode: WhenMode, nowMs: number): Partial<WhenForm> {
  switch (mode) {
    case 'now':
      return { hasSchedule: false, notBefore: null };
    case 'later': {
      const hourMs = 3_600_000;
      return { hasSchedule: false, notBefore: isoOf(new Date((Math.floor(nowMs / hourMs) + 1) * hourMs)) };
    }
    case 'schedule':
      return { hasSchedule: true, notBefore: null };
  }
}

/** The text of a field for date and time on this computer's clock, "2026-12-01T07:00"; '' for none. */
export function localTimeText(iso: string | null): string {
  const date = new Date(iso ?? '');
  if (Number.isNaN(date.getTime())) return '';
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const seconds = date.getSeconds() === 0 ? '' : `:${two(date.getSeconds())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}${seconds}`;
}

/** RFC 3339 in UTC of such a text; null for none; undefined for half a one. */
export function parseLocalTime(text: string): string | null | undefined {
  if (text === '') return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : isoOf(date);
}

function isoOf(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}
