import { describe, expect, it } from 'vitest';
import {
  nameProblem,
  parseQueueSlots,
  slotsProblem,
} from '../../../../../src-renderer/features/queues/queue-form.ts';

describe('the name of a queue', () => {
  it.each([
    ['', /a name/],
    ['   ', /a name/],
    [' default ', /already/],
    ['x'.repeat(101), /100 characters, got 101/],
  ])('is refused with a reason: %j', (name, reason) => {
    expect(nameProblem(name, ['default'])).toMatch(reason);
  });

  it('is taken where no other queue has it', () => {
    expect(nameProblem('downloads', ['default'])).toBeNull();
  });
});

describe('the slots of a queue', () => {
  it.each(['0', '1025', '1.5', '-1', 'two'])('are refused: %s', (text) => {
    expect(slotsProblem(text)).toMatch(/whole number from 1 to 1024/);
  });

  it.each([
    ['', null],
    [' 3 ', 3],
    ['1024', 1024],
  ])('are read: %j', (text, slots) => {
    expect(slotsProblem(text)).toBeNull();
    expect(parseQueueSlots(text)).toBe(slots);
  });
});
