import { describe, expect, it } from 'vitest';
import { parseExitCodes } from '../../../../../src-renderer/features/new-job/draft/failure.ts';
import {
  parseNumber,
  parseSize,
  rangeWords,
  sizeText,
} from '../../../../../src-renderer/features/new-job/draft/text-values.ts';
import { parseTimeout, timeoutText } from '../../../../../src-renderer/features/new-job/timeout-text.ts';

describe('a timeout', () => {
  it.each([
    ['', null],
    ['90', 90_000],
    ['90 s', 90_000],
    ['5min', 300_000],
    ['1.5 h', 5_400_000],
    ['250 ms', 250],
    ['0', undefined],
    ['soon', undefined],
    ['-3 s', undefined],
  ])('is read from "%s"', (text, ms) => {
    expect(parseTimeout(text)).toBe(ms);
  });

  it('is written so that it is read back as it was', () => {
    for (const ms of [null, 1, 250, 1000, 90_000, 300_000, 5_400_000, 7_200_000, 86_400_000]) {
      expect(parseTimeout(timeoutText(ms))).toBe(ms);
    }
  });

  it('may be none at all where a wait may', () => {
    expect(parseTimeout(timeoutText(0), 0)).toBe(0);
  });
});

describe('a size', () => {
  it.each([
    ['', null],
    ['500', 500],
    ['64 MB', 64e6],
    ['64 MiB', 64 * 2 ** 20],
    ['1.5gib', 1.5 * 2 ** 30],
    ['0', undefined],
    ['big', undefined],
    ['5 TB', undefined],
  ])('is read from "%s"', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it('is written so that it is read back as it was', () => {
    for (const bytes of [null, 1, 999, 1024, 5e6, 2 ** 26, 2 ** 30, 123_456_789]) {
      expect(parseSize(sizeText(bytes))).toBe(bytes);
    }
  });
});

describe('a number', () => {
  it('is refused outside of its range, and named with it', () => {
    const range = { min: 1, max: 20 };
    expect(parseNumber('20', range)).toBe(20);
    for (const text of ['0', '21', '1.5', 'x', '1e3', '9007199254740993'])
      expect(parseNumber(text, range)).toBeUndefined();
    expect(rangeWords(range)).toBe('a whole number from 1 to 20');
  });

  it('has fractions only where they are asked for', () => {
    expect(parseNumber('0.7', { min: 0, max: 2, fractions: true })).toBe(0.7);
    expect(parseNumber('0.7', { min: 0, max: 2 })).toBeUndefined();
    expect(parseNumber(' ')).toBeNull();
  });
});

describe('exit codes', () => {
  it('are read from a line, or not at all', () => {
    expect(parseExitCodes('1, 75 -1')).toEqual([1, 75, -1]);
    expect(parseExitCodes('')).toEqual([]);
    expect(parseExitCodes('1, x')).toBeUndefined();
  });
});
