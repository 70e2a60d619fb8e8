import { describe, expect, it } from 'vitest';
import { JOB_STATUSES } from '#shared/job/batch-job.ts';
import {
  ACTIVE_STATUSES,
  isActive,
  isTerminal,
  LIFECYCLE,
  mayFollow,
  TERMINAL_STATUSES,
} from '#shared/job/lifecycle.ts';

describe('the lifecycle', () => {
  it('is one table, and nothing follows an end', () => {
    const table = Object.fromEntries(
      JOB_STATUSES.map((from) => [from, JOB_STATUSES.filter((to) => mayFollow(from, to)).sort()]),
    );
    expect(table).toEqual({
      created: ['cancelled', 'expired', 'pending'],
      pending: ['cancelled', 'expired', 'failed', 'running'],
      running: ['cancelled', 'completed', 'expired', 'failed', 'pending'],
      completed: [],
      failed: [],
      cancelled: [],
      expired: [],
    });
    expect(Object.keys(LIFECYCLE).sort()).toEqual([...JOB_STATUSES].sort());
  });

  it('splits the statuses into created, active and terminal', () => {
    expect(JOB_STATUSES.filter(isTerminal).sort()).toEqual([...TERMINAL_STATUSES].sort());
    expect(JOB_STATUSES.filter(isActive).sort()).toEqual([...ACTIVE_STATUSES].sort());
    expect(['created', ...ACTIVE_STATUSES, ...TERMINAL_STATUSES].sort()).toEqual([...JOB_STATUSES].sort());
  });
});
