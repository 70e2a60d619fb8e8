import { describe, expect, it } from 'vitest';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import type { Task } from '#shared/job/tasks.ts';
import { aJob, settled, startBench } from '../../fakes/runner-bench.ts';

const LATER = '2030-01-01T00:00:00Z';
const EARLIER = '2020-01-01T00:00:00+02:00';
const NO_TIME = '2026-12-31T23:59:60Z';

const CANNOT: [what: string, request: JobdeckRequest, word: string][] = [
  ['a rate limit without items', { rate_limit: { count: 1, per: 'second' } }, 'rate_limit'],
  ['a start at a time that is none', { not_before: NO_TIME }, 'not_before'],
  ['a deadline that is none', { deadline: NO_TIME }, 'deadline'],
];

describe('a record that can not be run as it says', () => {
  it.each(CANNOT)(
    '%s fails with a sentence that names it, and starts no process',
    async (_, request, word) => {
      const { runner, executor, statuses, stored } = await startBench();
      const job = aJob(request);
      await runner.submit([job]);
      await runner.idle();
      expect(statuses(job.id)).toBe('pending running failed');
      expect(executor.runs).toEqual([]);
      expect(jobdeckOf(stored(job.id))?.error).toMatchObject({
        code: 'invalid-task',
        message: expect.stringContaining(word),
      });
    },
  );

  it('a record without a task fails and says what it lacks', async () => {
    const { runner, stored } = await startBench();
    const job = { ...aJob(), metadata: { source: 'elsewhere' } };
    await runner.submit([job]);
    await runner.idle();
    expect(stored(job.id).metadata).toMatchObject({
      source: 'elsewhere',
      jobdeck: { error: { code: 'invalid-task', message: expect.stringContaining('metadata.jobdeck.task') } },
    });
  });

  it.each<[string, Task]>([
    ['http', { kind: 'http', url: 'https://example.org' }],
    ['llm', { kind: 'llm', endpoint: 'responses', request: {} }],
    ['script', { kind: 'script', interpreter: 'bash', source: 'true' }],
  ])('is not one of kind %s: the executor gets it', async (_, task) => {
    const { runner, executor } = await startBench();
    await runner.submit([aJob({ task })]);
    await settled();
    expect(executor.runs.map(({ spec }) => spec.task)).toEqual([task]);
  });

  it('is not one whose fields ask for nothing', async () => {
    const { runner, executor } = await startBench({ slots: 2 });
    const nothing: JobdeckRequest = {
      after: [],
      not_before: EARLIER,
      deadline: LATER,
      retry: { max_attempts: 1 },
      dedup_key: null,
    };
    await runner.submit([aJob(nothing), aJob({ not_before: null, deadline: null })]);
    await settled();
    expect(executor.runs).toHaveLength(2);
  });
});

describe('a deadline', () => {
  it('that has passed at submission expires the job', async () => {
    const { runner, executor, statuses, stored } = await startBench();
    const job = aJob({ deadline: EARLIER });
    expect((await runner.submit([job])).accepted).toEqual([job.id]);
    await runner.idle();
    expect(statuses(job.id)).toBe('pending expired');
    expect(stored(job.id)).toMatchObject({ stop_reason: null, completed_at: '2026-11-01T08:00:00.000Z' });
    expect(executor.runs).toEqual([]);
  });

  it('that passes while a job waits for a slot expires it at once, and the next one runs', async () => {
    const { runner, executor, clock, statuses } = await startBench();
    const [first, second, third] = [aJob(), aJob({ deadline: '2026-11-01T09:00:01+01:00' }), aJob()];
    await runner.submit([first, second, third]);
    await settled();
    clock.advance(1000);
    await settled();
    expect(statuses(second.id)).toBe('pending expired');
    executor.runOf(first.id).end();
    await settled();
    expect(executor.runs.map(({ spec }) => spec.jobId)).toEqual([first.id, third.id]);
  });

  it('that passes while the job runs changes nothing', async () => {
    const { runner, executor, clock, stored } = await startBench();
    const job = aJob({ deadline: '2026-11-01T08:00:01Z' });
    await runner.submit([job]);
    await settled();
    clock.advance(5000);
    executor.runOf(job.id).end();
    await settled();
    expect(stored(job.id).status).toBe('completed');
  });
});
