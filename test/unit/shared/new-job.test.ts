import { describe, expect, it } from 'vitest';
import { BATCH_JOB_KEYS } from '#shared/job/batch-job.ts';
import {
  completeDocument,
  inSchemaOrder,
  newJob,
  type Origin,
  requestOf,
  rerunFailedOf,
  rerunOf,
} from '#shared/job/new-job.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { SAMPLE_PROFILE_ID, sampleJobIn, sampleUuid } from '../../fakes/sample-jobs.ts';

const ORIGIN: Origin = { now: '2026-11-01T08:00:00.000Z', uuid: () => sampleUuid(99), by: SAMPLE_PROFILE_ID };
const TASK = { kind: 'command', program: 'true' } as const;

describe('a new job', () => {
  it('is whole, valid, created, and says whose it is', () => {
    const job = newJob({ name: 'Tidy up', task: TASK }, ORIGIN, { metadata: { team: 'ops' } });
    expect(isJob(job)).toBe(true);
    expect(Object.keys(job)).toEqual([...BATCH_JOB_KEYS]);
    expect(job).toMatchObject({
      id: `job-${sampleUuid(99)}`,
      status: 'created',
      job_type: 'job',
      created_at: ORIGIN.now,
      created_by_id: SAMPLE_PROFILE_ID,
      metadata: { team: 'ops', jobdeck: { version: 1, name: 'Tidy up', task: TASK } },
    });
  });
});

describe('a completed document', () => {
  it('has the defaults of the schema, and null for what is absent', () => {
    const job = completeDocument({}, ORIGIN);
    expect(job).toMatchObject({
      status: 'created',
      job_type: 'batch',
      created_at: ORIGIN.now,
      metadata: null,
    });
    expect(isJob(job)).toBe(true);
  });

  it('keeps what it has', () => {
    const document = { id: 'run-0123abcd', status: 'failed', created_at: '2020-01-01T00:00:00Z' } as const;
    expect(completeDocument(document, ORIGIN)).toMatchObject(document);
  });

  it('gets an id of its type', () => {
    expect(completeDocument({ job_type: 'run' }, ORIGIN).id).toMatch(/^run-/);
  });
});

describe('run again', () => {
  it('makes a new job that asks for the same, found nothing yet, and names the earlier one', () => {
    const earlier = { ...sampleJobIn('failed', 1), callback_url: 'http://127.0.0.1/done' };
    const again = rerunOf(earlier, ORIGIN);
    expect(isJob(again)).toBe(true);
    expect(again).toMatchObject({
      status: 'created',
      stop_reason: null,
      completed_at: null,
      ttft_ns: null,
      callback_url: earlier.callback_url,
      callback_sent_at: null,
    });
    expect(again.id).not.toBe(earlier.id);
    const asked = earlier.metadata?.jobdeck;
    if (asked === undefined) throw new Error('Expected the sample to have a request.');
    expect(again.metadata?.jobdeck).toEqual({ ...requestOf(asked), rerun_of: earlier.id });
    expect(Object.keys(requestOf(asked))).not.toEqual(expect.arrayContaining(['attempts']));
  });
});

describe('run again, of a job that was timed', () => {
  it('runs now, whatever the earlier one waited for', () => {
    const timed = newJob(
      {
        name: 'Nightly',
        not_before: ORIGIN.now,
        deadline: '2020-01-01T00:00:00Z',
        schedule: { cron: '0 6 * * *' },
        after: ['job-123e4567-e89b-12d3-a456-426614174000'],
        retry: { max_attempts: 3 },
      },
      ORIGIN,
    );
    expect(rerunOf(timed, ORIGIN).metadata?.jobdeck).toEqual({
      version: 1,
      name: 'Nightly',
      retry: { max_attempts: 3 },
      rerun_of: timed.id,
    });
  });
});

describe('re-run failed only', () => {
  it('makes a batch of what did not complete, with all else as it was', () => {
    const items = { values: [1, 2, 3] };
    const batch = newJob({ name: 'Three', items, concurrency: 2 }, ORIGIN, { jobType: 'batch' });
    const again = rerunFailedOf(batch, ORIGIN);
    expect(isJob(again)).toBe(true);
    expect(again).toMatchObject({ status: 'created', job_type: 'batch' });
    expect(again.metadata?.jobdeck).toMatchObject({
      name: 'Three',
      concurrency: 2,
      rerun_of: batch.id,
      items: { failed_of: batch.id },
    });
  });
});

describe('the order of keys', () => {
  it('is the order of the schema, whatever it was', () => {
    const job = newJob({}, ORIGIN);
    const shuffled = Object.fromEntries(Object.entries(job).reverse()) as unknown as typeof job;
    expect(Object.keys(inSchemaOrder(shuffled))).toEqual([...BATCH_JOB_KEYS]);
    expect(inSchemaOrder(shuffled)).toEqual(job);
  });
});
