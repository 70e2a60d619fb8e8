import { beforeEach, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { type EndedJobs, gatherEndedJobs } from '../../../../src-main/shell/notifications/ended-jobs.ts';

const job = (id: string): BatchJob => ({ id }) as BatchJob;
let nowMs: number;
let shown: string[][];
let waiting: { delayMs: number; action: () => void }[];
let ended: EndedJobs;

beforeEach(() => {
  nowMs = 0;
  shown = [];
  waiting = [];
  ended = gatherEndedJobs(
    (jobs) => shown.push(jobs.map(({ id }) => id)),
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

it('shows jobs that end together as one', () => {
  ended.add([job('a')]);
  ended.add([job('b'), job('c')]);
  next();
  expect(shown).toEqual([['a', 'b', 'c']]);
  expect(waiting).toEqual([]);
});

it('waits after a notification before it shows the next', () => {
  ended.add([job('a')]);
  const first = next();
  ended.add([job('b')]);
  ended.add([job('c')]);
  const second = next();
  expect(shown).toEqual([['a'], ['b', 'c']]);
  expect(second).toBeGreaterThan(first);
  nowMs += 60_000;
  ended.add([job('d')]);
  expect(next()).toBe(first);
});

it('shows nothing for no jobs, and nothing after it was stopped', () => {
  ended.add([]);
  expect(waiting).toEqual([]);
  ended.add([job('a')]);
  ended.stop();
  next();
  ended.add([job('b')]);
  expect(shown).toEqual([]);
});
