import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ToastClock } from '../../../../../src-renderer/components/toast/toast-clock.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function clockOf(lastsMs: number) {
  const onEnd = vi.fn();
  return { clock: new ToastClock(lastsMs, onEnd), onEnd };
}

it('does not begin before the toast is in sight, and ends once', () => {
  const { clock, onEnd } = clockOf(15_000);
  vi.advanceTimersByTime(60_000);
  expect(onEnd).not.toHaveBeenCalled();
  clock.start();
  // It moved to another corner.
  vi.advanceTimersByTime(14_000);
  clock.start();
  vi.advanceTimersByTime(999);
  expect(onEnd).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  clock.start();
  vi.advanceTimersByTime(60_000);
  expect(onEnd).toHaveBeenCalledOnce();
});

it('stands still until both the pointer and the focus have left, and goes on with what was left', () => {
  const { clock, onEnd } = clockOf(15_000);
  const [pointer, focus] = [{}, {}];
  clock.start();
  vi.advanceTimersByTime(5_000);
  clock.hold(pointer);
  clock.hold(focus);
  vi.advanceTimersByTime(3_600_000);
  clock.release(pointer);
  vi.advanceTimersByTime(3_600_000);
  expect(onEnd).not.toHaveBeenCalled();
  clock.release(focus);
  vi.advanceTimersByTime(9_999);
  expect(onEnd).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onEnd).toHaveBeenCalledOnce();
});

it('leaves a moment after it was held at its very end', () => {
  const { clock, onEnd } = clockOf(15_000);
  const pointer = {};
  clock.start();
  vi.advanceTimersByTime(14_990);
  clock.hold(pointer);
  clock.release(pointer);
  vi.advanceTimersByTime(2_999);
  expect(onEnd).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onEnd).toHaveBeenCalledOnce();
});

it('stays still once it was stopped', () => {
  const { clock, onEnd } = clockOf(1_000);
  const pointer = {};
  clock.start();
  clock.hold(pointer);
  clock.stop();
  clock.release(pointer);
  vi.advanceTimersByTime(60_000);
  expect(onEnd).not.toHaveBeenCalled();
});
