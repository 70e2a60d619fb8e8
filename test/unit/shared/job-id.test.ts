import { describe, expect, it } from 'vitest';
import { isWholeJobId, newJobId, parseJobId } from '#shared/job/job-id.ts';

const UUID = '123e4567-e89b-42d3-a456-426614174000';

describe('a job id', () => {
  it.each([`job-${UUID}`, `run-${UUID}`, 'job-12345678', 'job-ABCDEF01/../../etc'])(
    'is what the schema accepts: %s',
    (id) => expect(parseJobId(id)).toBe(id),
  );

  it.each(['job-1234567', `task-${UUID}`, ` job-${UUID}`, `JOB-${UUID}`, '', null, 7])(
    'is not what the schema refuses: %j',
    (value) => expect(parseJobId(value)).toBeNull(),
  );

  it('is whole only where it may name a file', () => {
    expect([`job-${UUID}`, `run-${UUID.toUpperCase()}`].map(isWholeJobId)).toEqual([true, true]);
    const others = ['job-12345678', `job-${UUID}/..`, `job-${UUID}\n`, `x-job-${UUID}`];
    expect(others.filter(isWholeJobId)).toEqual([]);
  });

  it('begins with run for a run and with job for everything else', () => {
    const made = (['job', 'run', 'batch'] as const).map((type) => newJobId(type, () => UUID));
    expect(made).toEqual([`job-${UUID}`, `run-${UUID}`, `job-${UUID}`]);
  });
});
