import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startLongTimer } from '../../../../src-main/adapters/process/long-timer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const DAY_MS = 86_400_000;

test('a timer of a hundred days fires after a hundred days and not before', () => {
  const action = vi.fn();
  startLongTimer(100 * DAY_MS, action);
  vi.advanceTimersByTime(100 * DAY_MS - 1);
  expect(action).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(action).toHaveBeenCalledOnce();
});

test('a timer that is cancelled after weeks never fires', () => {
  const action = vi.fn();
  const cancel = startLongTimer(100 * DAY_MS, action);
  vi.advanceTimersByTime(60 * DAY_MS);
  cancel();
  vi.advanceTimersByTime(60 * DAY_MS);
  expect(action).not.toHaveBeenCalled();
});
