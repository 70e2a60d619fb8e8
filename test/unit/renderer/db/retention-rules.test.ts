import { describe, expect, it } from 'vitest';
import { NO_LIMITS, type RetentionRule } from '#shared/contract/retention.ts';
import { createRetention, type Fate, type Kept } from '../../../../src-renderer/db/retention-rules.ts';
import { Random } from '../../../fakes/random.ts';

const DAY_MS = 24 * 3_600_000;
const NOW = Date.parse('2026-12-31T00:00:00Z');
const MB = 1_000_000;

function kept(daysAgo: number, outputBytes: number, isHeld = false): Kept {
  return { endedAtMs: NOW - daysAgo * DAY_MS, outputBytes, bytes: outputBytes + 1000, isHeld };
}

function fatesOf(rule: Partial<RetentionRule>, jobs: readonly Kept[]): Fate[] {
  return jobs.map(createRetention({ jobs: NO_LIMITS, output: NO_LIMITS, ...rule }, NOW));
}

/** The jobs as they are once the fates were carried out. */
function left(jobs: readonly Kept[], fates: readonly Fate[]): Kept[] {
  return jobs.flatMap((job, index) => {
    if (fates[index] === 'goes') return [];
    return fates[index] === 'stays' ? job : { ...job, outputBytes: 0, bytes: job.bytes - job.outputBytes };
  });
}

describe('the rules of retention', () => {
  it('keep a job that is small enough without the output that it loses', () => {
    const old = Array.from({ length: 50 }, () => kept(30, 10 * MB));
    const rule = { jobs: { ...NO_LIMITS, megabytes: 100 }, output: { ...NO_LIMITS, days: 7 } };
    expect(new Set(fatesOf(rule, old))).toEqual(new Set(['loses-output']));
  });

  it('give no room for output to a job that goes', () => {
    const rule = { jobs: { ...NO_LIMITS, megabytes: 5 }, output: { ...NO_LIMITS, count: 1 } };
    expect(fatesOf(rule, [kept(1, 9 * MB), kept(2, 2 * MB)])).toEqual(['goes', 'stays']);
  });

  it('count a job that may not be deleted, although it does not fit', () => {
    const rule = { jobs: { ...NO_LIMITS, count: 2 } };
    const jobs = [kept(1, 0), kept(2, 0), kept(3, 0, true), kept(4, 0)];
    expect(fatesOf(rule, jobs)).toEqual(['stays', 'stays', 'stays', 'goes']);
    const bytes = { jobs: { ...NO_LIMITS, megabytes: 3 } };
    expect(fatesOf(bytes, [kept(1, 4 * MB, true), kept(2, MB)])).toEqual(['stays', 'goes']);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('find nothing more to do in a second round (seed %d)', (seed) => {
    const random = new Random(seed);
    const limits = () => ({
      days: random.maybe(() => random.between(1, 40)),
      count: random.maybe(() => random.between(1, 40)),
      megabytes: random.maybe(() => random.between(1, 100)),
    });
    const jobs = Array.from({ length: 60 }, (_, day) =>
      kept(day, random.chance(0.2) ? 0 : random.between(1, 10 * MB), random.chance(0.1)),
    );
    const rule = { jobs: limits(), output: limits() };
    const after = left(jobs, fatesOf(rule, jobs));
    expect(new Set([...fatesOf(rule, after), 'stays'])).toEqual(new Set(['stays']));
  });
});
