import { describe, expect, it } from 'vitest';
import {
  CRON_PRESETS,
  clockText,
  cronAs,
  cronOf,
  cronPartsOf,
  cronWords,
  parseClock,
} from '../../../../src-renderer/words/cron.ts';

describe('a schedule of a common form', () => {
  it.each([
    ['30 * * * *', 'hourly'],
    ['5 6 * * *', 'daily'],
    ['5 6 * * 1-5', 'weekdays'],
    ['5 6 * * 0', 'weekly'],
    ['5 6 31 * *', 'monthly'],
  ] as const)('%s is %s, and is written as it was', (cron, preset) => {
    const parts = cronPartsOf(cron);
    expect(parts?.preset).toBe(preset);
    expect(parts && cronOf(parts)).toBe(cron);
  });

  it('keeps its time of day when it becomes another', () => {
    expect(cronAs('weekdays', '15 22 * * *')).toBe('15 22 * * 1-5');
    expect(cronAs('monthly', '15 22 * * 3')).toBe('15 22 1 * *');
    expect(cronAs('daily', 'anything else')).toBe('0 6 * * *');
  });

  it.each([
    '*/5 * * * *',
    '0 6 * * 1,3',
    '0 6 1 * 1',
    '0 0 6 * * *',
    '60 6 * * *',
    '0 24 * * *',
    '0 6 0 * *',
    '0 6 * 2 *',
    '@daily',
    '',
  ])('is not what "%s" is', (cron) => {
    expect(cronPartsOf(cron)).toBeNull();
  });

  it('takes the seventh day for Sunday', () => {
    expect(cronPartsOf('0 6 * * 7')?.weekday).toBe(0);
  });

  it('is said in words, each in its own', () => {
    const presets = CRON_PRESETS.filter((preset) => preset !== 'custom');
    const said = presets.map((preset) => cronWords(cronAs(preset, '5 6 * * *')));
    expect(new Set(said).size).toBe(presets.length);
    expect(cronWords('0 * * * *')).toBe('every hour');
    expect(cronWords('*/5 * * * *')).toContain('*/5 * * * *');
  });
});

describe('a time of day', () => {
  it('is read back as it was written', () => {
    expect(parseClock(clockText({ hour: 6, minute: 5 }))).toEqual({ hour: 6, minute: 5 });
    expect(parseClock('')).toBeNull();
  });
});
