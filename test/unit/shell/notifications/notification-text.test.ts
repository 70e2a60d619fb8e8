import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import {
  isTold,
  textForBackground,
  textForMany,
  textForOne,
} from '../../../../src-main/shell/notifications/notification-text.ts';

function job(changes: Partial<BatchJob>, jobdeck: object = { name: 'Checksum photos' }): BatchJob {
  return {
    id: 'job-0f8fad5b-d9cb-469f-a165-70867728950e' as JobId,
    status: 'completed',
    total_duration_ns: 182_000_000_000,
    metadata: { jobdeck: { version: 1, ...jobdeck } },
    ...changes,
  } as BatchJob;
}

describe('which ends are told', () => {
  it.each([
    ['completed', { all: true, failures: false, none: false }],
    ['failed', { all: true, failures: true, none: false }],
    ['expired', { all: true, failures: true, none: false }],
    ['cancelled', { all: false, failures: false, none: false }],
  ] as const)('%s: %j', (status, told) => {
    for (const [when, isIt] of Object.entries(told)) {
      expect(isTold(job({ status }), when as keyof typeof told)).toBe(isIt);
    }
  });
});

describe('one job', () => {
  it.each([
    [null, 'Completed.'],
    [400_000_000, 'Completed in less than a second.'],
    [1_000_000_000, 'Completed in 1 s.'],
    [59_600_000_000, 'Completed in 1 min.'],
    [182_000_000_000, 'Completed in 3 min 2 s.'],
    [3_600_000_000_000, 'Completed in 1 h.'],
    [3_605_000_000_000, 'Completed in 1 h.'],
    [5_400_000_000_000, 'Completed in 1 h 30 min.'],
    [200_000_000_000_000, 'Completed in 2 d 7 h.'],
  ])('that took %s ns says "%s"', (total_duration_ns, body) => {
    expect(textForOne(job({ total_duration_ns }))).toEqual({ title: 'Checksum photos', body });
  });

  it('that failed says why', () => {
    const error = { code: 'exit-code', message: 'The program ended with exit code 3.' };
    expect(textForOne(job({ status: 'failed' }, { name: 'Nightly export', error }))).toEqual({
      title: 'Nightly export',
      body: 'Failed: The program ended with exit code 3.',
    });
  });

  it('that expired says that it never ran', () => {
    expect(textForOne(job({ status: 'expired' })).body).toBe(
      'Expired: its deadline passed before it could start.',
    );
  });

  it('without a name is called by its id', () => {
    expect(textForOne(job({}, {})).title).toBe('job-0f8fad5b-d9cb-469f-a165-70867728950e');
    expect(textForOne(job({ metadata: null })).title).toBe('job-0f8fad5b-d9cb-469f-a165-70867728950e');
  });
});

it('counts many jobs by how they ended', () => {
  const completed = Array.from({ length: 10 }, () => job({}));
  const failed = [job({ status: 'failed' }), job({ status: 'failed' })];
  expect(textForMany([...completed, ...failed])).toEqual({
    title: '12 jobs ended',
    body: '10 completed, 2 failed.',
  });
});

it('says that jobs go on without a window', () => {
  expect(textForBackground(1).title).toBe('1 job keeps running');
  expect(textForBackground(2).title).toBe('2 jobs keep running');
});
