import { describe, expect, it } from 'vitest';
import type { ItemRecord } from '#shared/job/items.ts';
import { itemRow, itemTitle } from '../../../../../../src-renderer/features/job-detail/items/item-row.ts';

describe('the title of an item', () => {
  it.each([
    ['a text', 'a.jpg', 'a.jpg'],
    ['a text of several lines', '\n  first\nsecond', 'first'],
    ['an object', { path: 'a.jpg', size: 3, of: ['x'] }, 'path: a.jpg, size: 3, of: ["x"]'],
    ['a number', 7, '7'],
    ['nothing', null, 'null'],
    ['a list', [1, 'two'], '[1,"two"]'],
  ])('of %s is one line', (_, item, title) => {
    expect(itemTitle(item)).toBe(title);
  });

  it('is cut where it is long', () => {
    expect(itemTitle('x'.repeat(1000))).toHaveLength(160);
  });
});

describe('what came of an item', () => {
  const record: ItemRecord = {
    index: 3,
    item: 'a',
    status: 'completed',
    attempts: 1,
    duration_ns: 5,
    ttft_ns: null,
    result: { stdout: '\nhello\nthere\n', stderr: 'warned' },
    error: null,
  };

  it('is the first line of what it gave', () => {
    expect(itemRow(record).note).toBe('hello');
    expect(itemRow({ ...record, result: { text: 'An answer.', stdout: 'raw' } }).note).toBe('An answer.');
    expect(itemRow({ ...record, result: { stdout: '', stderr: 'warned' } }).note).toBe('warned');
    expect(itemRow({ ...record, result: null }).note).toBe('');
  });

  it('is the reason where it failed, whatever it printed', () => {
    const error = { code: 'exit-code', message: 'The program ended with exit code 3.' } as const;
    expect(itemRow({ ...record, status: 'failed', error }).note).toBe(error.message);
  });
});
