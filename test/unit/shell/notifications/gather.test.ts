import { beforeEach, expect, it } from 'vitest';
import { type Gathering, gather } from '../../../../src-main/shell/notifications/gather.ts';

let nowMs: number;
let shown: string[][];
let waiting: { delayMs: number; action: () => void }[];
let ended: Gathering<string>;

beforeEach(() => {
  nowMs = 0;
  shown = [];
  waiting = [];
  ended = gather(
    (things) => shown.push(things),
    (delayMs, action) => waiting.push({ delayMs, action }),
    () => nowMs,
  );
});

/** Lets the time pass up to the next action. */
function next(): number {
  const timer = waiting.shift();
  if (timer === undefined) throw new Error('Nothing waits.');
  nowMs += timer.delayMs;
  timer.action();
  return timer.delayMs;
}

it('shows what happens together as one', () => {
  ended.add(['a']);
  ended.add(['b', 'c']);
  next();
  expect(shown).toEqual([['a', 'b', 'c']]);
  expect(waiting).toEqual([]);
});

it('waits after a notification before it shows the next', () => {
  ended.add(['a']);
  const first = next();
  ended.add(['b']);
  ended.add(['c']);
  const second = next();
  expect(shown).toEqual([['a'], ['b', 'c']]);
  expect(second).toBeGreaterThan(first);
  nowMs += 60_000;
  ended.add(['d']);
  expect(next()).toBe(first);
});

it('shows nothing for nothing, and nothing after it was stopped', () => {
  ended.add([]);
  expect(waiting).toEqual([]);
  ended.add(['a']);
  ended.stop();
  next();
  ended.add(['b']);
  expect(shown).toEqual([]);
});
