import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startPausableTimer } from '../../../../src-main/adapters/process/pausable-timer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('time in which it is paused does not count, however often', () => {
  const action = vi.fn();
  const timer = startPausableTimer(1000, action);
  for (let round = 0; round < 3; round += 1) {
    vi.advanceTimersByTime(300);
    timer.pause();
    timer.pause();
    vi.advanceTimersByTime(100_000);
    timer.resume();
    timer.resume();
  }
  vi.advanceTimersByTime(99);
  expect(action).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(action).toHaveBeenCalledOnce();
});

test('one that was stopped never fires, whatever is asked of it then', () => {
  const action = vi.fn();
  const timer = startPausableTimer(1000, action);
  timer.pause();
  timer.stop();
  timer.resume();
  vi.advanceTimersByTime(10_000);
  expect(action).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});
