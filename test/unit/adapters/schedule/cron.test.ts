import { describe, expect, it } from 'vitest';
import type { Schedule } from '#shared/job/jobdeck-metadata.ts';
import { createCron } from '../../../../src-main/adapters/schedule/cron.ts';
import { scheduleTimes } from '../../../../src-main/adapters/schedule/schedule-times.ts';

const cron = createCron();

function timesOf(schedule: Partial<Schedule>, after: string, count = 4): string[] {
  return scheduleTimes(cron, { cron: '* * * * *', ...schedule }, after, count).times;
}
const inBerlin = (pattern: string) => ({ cron: pattern, time_zone: 'Europe/Berlin' });

describe('the next time', () => {
  it('is after the given one, never at it', () => {
    expect(cron.next({ cron: '0 12 * * *', time_zone: 'UTC' }, '2026-05-01T11:59:59.999Z')).toBe(
      '2026-05-01T12:00:00.000Z',
    );
    expect(cron.next({ cron: '0 12 * * *', time_zone: 'UTC' }, '2026-05-01T12:00:00.000Z')).toBe(
      '2026-05-02T12:00:00.000Z',
    );
  });

  it('is found for five fields, for six with seconds first, and for names', () => {
    const after = '2026-05-01T12:00:00.000Z';
    expect(timesOf({ cron: '*/20 12 * * FRI', time_zone: 'UTC' }, after, 3)).toEqual([
      '2026-05-01T12:20:00.000Z',
      '2026-05-01T12:40:00.000Z',
      '2026-05-08T12:00:00.000Z',
    ]);
    expect(timesOf({ cron: '*/30 * * * * *', time_zone: 'UTC' }, after, 2)).toEqual([
      '2026-05-01T12:00:30.000Z',
      '2026-05-01T12:01:00.000Z',
    ]);
    expect(timesOf({ cron: '@monthly', time_zone: 'Asia/Kolkata' }, after, 1)).toEqual([
      '2026-05-31T18:30:00.000Z',
    ]);
  });

  it('is one on either day where day and weekday are both given', () => {
    expect(timesOf({ cron: '0 0 1 * MON', time_zone: 'UTC' }, '2026-05-28T00:00:00Z', 3)).toEqual([
      '2026-06-01T00:00:00.000Z',
      '2026-06-08T00:00:00.000Z',
      '2026-06-15T00:00:00.000Z',
    ]);
  });

  it('is null after the end of the schedule, which itself still counts', () => {
    const schedule = { cron: '0 12 * * *', time_zone: 'UTC', until: '2026-05-02T12:00:00Z' };
    expect(cron.next(schedule, '2026-05-01T13:00:00Z')).toBe('2026-05-02T12:00:00.000Z');
    expect(cron.next(schedule, '2026-05-02T12:00:00Z')).toBeNull();
  });
});

describe('when clocks are put forward (Berlin, 29 March 2026, 2:00 to 3:00)', () => {
  it('a run in the hour that is left out comes right after it, once', () => {
    expect(timesOf(inBerlin('30 2 * * *'), '2026-03-28T00:00:00Z', 3)).toEqual([
      '2026-03-28T01:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
    expect(timesOf(inBerlin('30 2,14 * * *'), '2026-03-28T20:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T12:30:00.000Z',
    ]);
  });

  it('runs of each half hour keep their distance', () => {
    expect(timesOf(inBerlin('*/30 * * * *'), '2026-03-29T00:10:00Z', 3)).toEqual([
      '2026-03-29T00:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T01:30:00.000Z',
    ]);
  });
});

describe('when clocks are put back (Berlin, 25 October 2026, 3:00 to 2:00)', () => {
  it('a run in the hour that is there twice comes once', () => {
    expect(timesOf(inBerlin('30 2 * * *'), '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it('runs of each hour keep their distance', () => {
    expect(timesOf(inBerlin('0 * * * *'), '2026-10-24T23:30:00Z', 3)).toEqual([
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T02:00:00.000Z',
    ]);
  });
});

describe('the times of a schedule', () => {
  it('are no more than it has left', () => {
    const schedule = { cron: '0 12 * * *', time_zone: 'UTC', remaining: 2 };
    expect(timesOf(schedule, '2026-05-01T00:00:00Z', 5)).toHaveLength(2);
    expect(timesOf({ ...schedule, remaining: 50 }, '2026-05-01T00:00:00Z', 5)).toHaveLength(5);
  });

  it.each([
    ['* * * *', undefined, /^Expected five fields .* got 4 in "\* \* \* \*"\.$/u],
    ['0 0 * * * * 2030', undefined, /got 7 in/u],
    ['', undefined, /got 0 in ""/u],
    ['2030-01-01T00:00:00', undefined, /got 1 in/u],
    ['@reboot', undefined, /got 1 in/u],
    [
      '60 * * * *',
      undefined,
      /^Expected a cron expression, got "60 \* \* \* \*": Invalid value for minute: 60\.$/u,
    ],
    ['* * * * FUN', undefined, /^Expected a cron expression/u],
    ['* * * * *', 'Mars/Base', /^Expected the name of a time zone, .* got "Mars\/Base"\.$/u],
    ['* * * * *', '+01:00', /^Expected the name of a time zone/u],
    ['0 0 30 2 *', 'UTC', /^Expected a time that ever comes, got none for "0 0 30 2 \*"\.$/u],
  ])('are none for %j in %s, with a sentence', (pattern, timeZone, problem) => {
    const schedule = { cron: pattern, ...(timeZone !== undefined && { time_zone: timeZone }) };
    expect(scheduleTimes(cron, schedule, '2026-05-01T00:00:00Z', 5)).toEqual({
      times: [],
      problem: expect.stringMatching(problem),
    });
  });

  it('are none, with a sentence, where its end has passed', () => {
    const schedule = { cron: '* * * * *', until: '2026-01-01T00:00:00Z' };
    expect(scheduleTimes(cron, schedule, '2026-05-01T00:00:00Z', 5).problem).toMatch(
      /comes until 2026-01-01T00:00:00Z, got none/u,
    );
  });
});
