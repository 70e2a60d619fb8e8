import { describe, expect, it } from 'vitest';
import {
  localTimeText,
  parseLocalTime,
  whenModeChange,
  whenModeOf,
} from '../../../../../src-renderer/features/new-job/draft/when.ts';

const NOW_MS = Date.parse('2026-11-24T15:20:30Z');

describe('when a job runs', () => {
  it('is what was chosen, and nothing of what was chosen before', () => {
    for (const mode of ['now', 'later', 'schedule'] as const) {
      const change = whenModeChange(mode, NOW_MS);
      expect(
        whenModeOf({ hasSchedule: change.hasSchedule ?? false, notBefore: change.notBefore ?? null }),
      ).toBe(mode);
    }
  });

  it('begins with the next full hour where it is to be later', () => {
    expect(whenModeChange('later', NOW_MS).notBefore).toBe('2026-11-24T16:00:00Z');
  });

  it('is a schedule also where its first run is not before a time', () => {
    expect(whenModeOf({ hasSchedule: true, notBefore: '2026-12-01T06:00:00Z' })).toBe('schedule');
  });
});

describe('a time on this computer’s clock', () => {
  it('is read back as it was, to the second', () => {
    for (const iso of ['2026-12-01T06:00:00Z', '2026-07-01T23:59:07Z']) {
      expect(parseLocalTime(localTimeText(iso))).toBe(iso);
    }
  });

  it('is nothing for nothing, and undefined for half a time', () => {
    expect(localTimeText(null)).toBe('');
    expect(localTimeText('soon')).toBe('');
    expect(parseLocalTime('')).toBeNull();
    expect(parseLocalTime('soon')).toBeUndefined();
  });
});
