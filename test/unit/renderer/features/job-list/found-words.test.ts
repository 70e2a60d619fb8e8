import { describe, expect, it } from 'vitest';
import { foundWords } from '../../../../../src-renderer/features/job-list/found-words.ts';

const found = (count: number, isWhole: boolean, isRead = true) =>
  foundWords({ rows: Array.from({ length: count }), isRead, isWhole });

describe('how many jobs a search finds', () => {
  it('is said once it is known', () => {
    expect(found(0, false, false)).toBe('');
    expect(found(0, false)).toBe('');
    expect(found(0, true)).toBe('Nothing matches');
    expect(found(1, true)).toBe('1 job matches');
    expect(found(12, true)).toBe('12 jobs match');
  });

  it('does not change with each page that is scrolled to', () => {
    expect(found(100, false)).toBe('100 jobs and more match');
    expect(found(300, false)).toBe('100 jobs and more match');
  });
});
