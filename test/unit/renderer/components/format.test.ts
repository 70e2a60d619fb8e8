import { describe, expect, it } from 'vitest';
import { formatBytes } from '../../../../src-renderer/components/format/bytes.ts';
import { formatDuration, formatElapsed } from '../../../../src-renderer/components/format/duration.ts';
import { formatAgo } from '../../../../src-renderer/components/format/relative-time.ts';

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [0.4, '<1 ms'],
    [340, '340 ms'],
    [999.7, '1.0 s'],
    [4200, '4.2 s'],
    [9960, '10 s'],
    [59_700, '1 min'],
    [65_000, '1 min 5 s'],
    [3_600_000, '1 h'],
    [11_520_000, '3 h 12 min'],
    [187_200_000, '2 d 4 h'],
  ])('gives %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('formatElapsed', () => {
  it.each([
    [-5, '0 s'],
    [700, '0 s'],
    [1999, '1 s'],
    [12_300, '12 s'],
    [61_000, '1 min 1 s'],
  ])('gives %d ms as %s, without fractions', (ms, text) => {
    expect(formatElapsed(ms)).toBe(text);
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 KB'],
    [999_600, '1.0 MB'],
    [12_000_000, '12 MB'],
    [1_073_741_824, '1.1 GB'],
  ])('gives %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('formatAgo', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  it.each([
    [10_000, 'now'],
    [60_000, '1 min'],
    [59 * 60_000, '59 min'],
    [3 * 3_600_000, '3 h'],
    [2 * 86_400_000, '2 d'],
  ])('gives what was %d ms ago as %s', (ago, text) => {
    expect(formatAgo(now - ago, now)).toBe(text);
  });

  it('names the day of what was long ago, and the year where it is another one', () => {
    expect(formatAgo(now - 20 * 86_400_000, now)).not.toContain('2026');
    expect(formatAgo(now - 400 * 86_400_000, now)).toContain('2025');
  });
});
