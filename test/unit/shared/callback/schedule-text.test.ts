import { describe, expect, it } from 'vitest';
import { DEFAULT_CALLBACK_SCHEDULE_MS, MAX_SCHEDULE_STEPS } from '#shared/callback/delivery.ts';
import { parseScheduleText, scheduleText } from '#shared/callback/schedule-text.ts';

const parsed = (text: string) => parseScheduleText(text).scheduleMs;
const problem = (text: string) => parseScheduleText(text).problem;

describe('a schedule as text', () => {
  it('is the one that was parsed', () => {
    expect(scheduleText(DEFAULT_CALLBACK_SCHEDULE_MS)).toBe(
      '0s, 5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h',
    );
    for (const schedule of [[...DEFAULT_CALLBACK_SCHEDULE_MS], [0], [1, 999, 1500, 90_000, 172_800_000]]) {
      expect(parsed(scheduleText(schedule))).toEqual(schedule);
    }
  });

  it('may have spaces, capitals, fractions and a comma at its end', () => {
    expect(parsed(' 0s,5 S , 1.5H,2 m, 250ms, 1d,')).toEqual([0, 5000, 5_400_000, 120_000, 250, 86_400_000]);
  });

  it.each([
    ['', /at least one wait/u],
    ['5', /wait 1.*“5”/u],
    ['0s, 5 seconds', /wait 2.*“5 seconds”/u],
    ['0s,, 5s', /wait 2.*got nothing/u],
    ['-5s', /wait 1/u],
    ['1e3s', /wait 1/u],
    ['0s, 8d', /at most 7d.*“8d” as wait 2/u],
    [Array.from({ length: MAX_SCHEDULE_STEPS + 1 }, () => '1s').join(), /at most 50 waits, got 51/u],
  ])('%j is refused, with what was expected where', (text, sentence) => {
    expect(parsed(text)).toBeNull();
    expect(problem(text)).toMatch(sentence);
  });
});
