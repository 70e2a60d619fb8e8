import { describe, expect, it } from 'vitest';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { type JobId, parseJobId } from '#shared/job/job-id.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { MAX_LINES } from '../../../src-main/core/step-group.ts';
import { MAX_AFTER } from '../../../src-main/core/submission/check-submission.ts';
import { aJob, createBench, settled, startBench } from '../../fakes/runner-bench.ts';

const STRANGER = parseJobId('job-00000000-0000-4000-8000-000000000000') as JobId;
const FAILED = { outcome: 'failed', error: { code: 'exit-code', message: 'Ended with 1.' } } as const;

/** Jobs of which each waits for the one before it. */
function chain(length: number, request: JobdeckRequest = {}): BatchJob[] {
  const jobs: BatchJob[] = [];
  for (let index = 0; index < length; index += 1) {
    const before = jobs.at(-1);
    jobs.push(aJob({ ...request, ...(before && { after: [before.id] }) }));
  }
  return jobs;
}

/** Two jobs, each of which waits for the other. */
function ring(): [BatchJob, BatchJob] {
  const [one, other] = [aJob(), aJob()];
  const waiting = (job: BatchJob, id: string): BatchJob => ({
    ...job,
    metadata: { jobdeck: { version: 1, ...jobdeckOf(job), after: [id] } },
  });
  return [waiting(one, other.id), waiting(other, one.id)];
}

describe('a job that waits for others', () => {
  it('starts once all of them have completed', async () => {
    const { runner, executor } = await startBench({ slots: 3 });
    const [one, other] = [aJob(), aJob()];
    const job = aJob({ after: [one.id, other.id] });
    await runner.submit([job, one, other]);
    await settled();
    expect(executor.runs.map(({ spec }) => spec.jobId)).toEqual([one.id, other.id]);
    executor.runOf(one.id).end();
    await settled();
    expect(executor.runs).toHaveLength(2);
    executor.runOf(other.id).end();
    await settled();
    expect(executor.runOf(job.id).hasEnded).toBe(false);
  });

  it('is told of an end in the very commit of it', async () => {
    const { runner, executor, journal, stored } = await startBench();
    const jobs = chain(2);
    const [first, second] = jobs as [BatchJob, BatchJob];
    await runner.submit(jobs);
    await settled();
    journal.hold();
    executor.runOf(first.id).end();
    await settled();
    journal.release(1);
    expect(journal.disk.log.slice(-2).map(({ type, jobId }) => [type, jobId])).toEqual([
      ['ended', first.id],
      ['updated', second.id],
    ]);
    expect(jobdeckOf(stored(second.id))?.dependencies).toEqual([{ id: first.id, status: 'completed' }]);
  });

  it.each([
    ['failed', 'failed'],
    ['cancelled', 'was cancelled'],
    ['expired', 'expired'],
  ])('fails without an attempt where one of them is %s, and says so', async (status, words) => {
    const { runner, executor, clock, stored, statuses } = await startBench();
    const first = aJob({ deadline: new Date(Date.parse(clock.now()) + 1000).toISOString() });
    const second = aJob({ after: [first.id] });
    if (status === 'expired') await runner.submit([aJob()]);
    await runner.submit([first, second]);
    await settled();
    if (status === 'failed') executor.runOf(first.id).end(FAILED);
    if (status === 'cancelled') await runner.cancel([first.id]);
    if (status === 'expired') clock.advance(1000);
    await settled();
    expect(stored(first.id).status).toBe(status);
    expect(statuses(second.id)).toBe('pending failed');
    const error = jobdeckOf(stored(second.id))?.error;
    expect(error?.code).toBe('dependency');
    expect(error?.message).toContain(first.id);
    expect(error?.message).toContain(words);
    expect(jobdeckOf(stored(second.id))?.dependencies).toEqual([{ id: first.id, status }]);
    expect(isJob(stored(second.id))).toBe(true);
  });

  it('starts however they end, where any end will do', async () => {
    const { runner, executor, stored } = await startBench();
    const first = aJob();
    const second = aJob({ after: [first.id], after_condition: 'ended' });
    await runner.submit([first, second]);
    await settled();
    executor.runOf(first.id).end(FAILED);
    await settled();
    expect(executor.runOf(second.id).hasEnded).toBe(false);
    expect(jobdeckOf(stored(second.id))?.dependencies).toEqual([{ id: first.id, status: 'failed' }]);
  });

  it('waits on while one of them is tried again', async () => {
    const { runner, executor, clock, statuses } = await startBench();
    const first = aJob({ retry: { max_attempts: 2, backoff_ms: 1000, on: ['exit-code'] } });
    const second = aJob({ after: [first.id] });
    await runner.submit([first, second]);
    await settled();
    executor.runOf(first.id).end(FAILED);
    await settled();
    expect(statuses(second.id)).toBe('pending');
    clock.advance(1000);
    await settled();
    executor.runOf(first.id).end();
    await settled();
    expect(executor.runOf(second.id).hasEnded).toBe(false);
  });

  it('has its callback sent where it fails with them', async () => {
    const { runner, sender } = await startBench();
    const first = aJob();
    await runner.submit([first, aJob({ after: [first.id] }, { callback_url: 'http://127.0.0.1/done' })]);
    await runner.cancel([first.id]);
    await runner.idle();
    expect(sender.posts.map(({ message }) => message.status)).toEqual(['failed']);
  });

  it('can be cancelled, and then is not told of them any more', async () => {
    const { runner, executor, statuses } = await startBench();
    const [first, second] = chain(2) as [BatchJob, BatchJob];
    await runner.submit([first, second]);
    await settled();
    await runner.cancel([second.id]);
    executor.runOf(first.id).end();
    await runner.idle();
    expect(statuses(second.id)).toBe('pending cancelled');
  });

  it('fails while its cancellation can not be written, and ends once', async () => {
    const { runner, executor, journal, clock, statuses } = await startBench();
    const [first, second] = chain(2) as [BatchJob, BatchJob];
    await runner.submit([first, second]);
    await settled();
    journal.refuseWith(new Error('The disk is full.'));
    await runner.cancel([second.id]);
    executor.runOf(first.id).end(FAILED);
    await settled();
    journal.refuseWith(null);
    clock.advance(60_000);
    await runner.idle();
    expect(statuses(second.id)).toMatch(/^pending (cancelled|failed)$/u);
  });

  it('is told of an end that comes while it is being submitted', async () => {
    const { runner, executor, journal, statuses } = await startBench();
    const first = aJob();
    await runner.submit([first]);
    await settled();
    journal.hold();
    const second = aJob({ after: [first.id] });
    const submitted = runner.submit([second]);
    await settled();
    executor.runOf(first.id).end(FAILED);
    await settled();
    journal.release();
    await submitted;
    await runner.idle();
    expect(statuses(second.id)).toBe('pending failed');
  });

  it('is told of an end that was being written when it was submitted', async () => {
    const { runner, executor, journal } = await startBench();
    const first = aJob();
    await runner.submit([first]);
    await settled();
    journal.hold();
    executor.runOf(first.id).end();
    await settled();
    const second = aJob({ after: [first.id] });
    const submitted = runner.submit([second]);
    await settled();
    journal.release();
    await submitted;
    await settled();
    expect(executor.runOf(second.id).hasEnded).toBe(false);
  });

  it('is not told of anything where its own submission is refused', async () => {
    const { runner, executor, journal, clock } = await startBench();
    const first = aJob();
    await runner.submit([first]);
    await settled();
    journal.hold();
    const second = aJob({ after: [first.id] });
    const submitted = runner.submit([second]);
    await settled();
    executor.runOf(first.id).end();
    await settled();
    journal.refuseWith(new Error('The disk is full.'));
    journal.release(1);
    journal.refuseWith(null);
    journal.release();
    await expect(submitted).rejects.toThrow('full');
    clock.advance(60_000);
    await runner.idle();
    expect(journal.disk.log.filter(({ jobId }) => jobId === second.id)).toEqual([]);
  });

  it('keeps what is recorded when one of them is deleted', async () => {
    const { runner, executor } = await startBench({ slots: 2 });
    const [first, second] = [aJob(), aJob()];
    const job = aJob({ after: [first.id, second.id] });
    await runner.submit([first, second, job]);
    await settled();
    executor.runOf(first.id).end();
    await settled();
    expect(await runner.forget([first.id, second.id])).toEqual([second.id]);
    executor.runOf(second.id).end();
    await settled();
    expect(executor.runOf(job.id).hasEnded).toBe(false);
  });
});

describe('a failure', () => {
  it('reaches a chain of ten thousand, in commits of a bounded size', async () => {
    const { runner, executor, journal } = await startBench();
    const jobs = chain(10_000);
    await runner.submit(jobs);
    await settled();
    const sizes: number[] = [];
    const { appendAll } = journal;
    journal.appendAll = (writes) => {
      sizes.push(writes.length);
      return appendAll(writes);
    };
    executor.running()[0]?.end(FAILED);
    await runner.idle();
    expect(journal.activeJobs()).toEqual([]);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(10_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_LINES + 1);
  });

  it('reaches a thousand that wait for the same job, and those that wait for them', async () => {
    const { runner, executor, journal } = await startBench();
    const first = aJob();
    const waiting = Array.from({ length: 1000 }, () => aJob({ after: [first.id] }));
    const last = aJob({ after: waiting.slice(0, 500).map(({ id }) => id) });
    await runner.submit([first, ...waiting, last]);
    await settled();
    executor.runOf(first.id).end(FAILED);
    await runner.idle();
    expect(journal.disk.log.filter(({ job }) => job.status === 'failed')).toHaveLength(1002);
  });

  it('that reached some alone before a crash reaches the others after it, whatever was acknowledged', async () => {
    const before = await startBench();
    const first = aJob();
    const waiting = Array.from({ length: 2 * MAX_LINES }, () => aJob({ after: [first.id] }));
    await before.runner.submit([first, ...waiting]);
    await settled();
    before.journal.hold();
    before.executor.runOf(first.id).end(FAILED);
    await settled();
    before.journal.release(1);
    await settled();
    const { journalId } = before.journal;
    before.runner.outbox.acknowledge({ journalId, seq: before.journal.head() });
    expect(before.journal.find(first.id)?.job.status).toBe('failed');

    const { runner, journal, statuses } = createBench({ disk: before.journal.disk });
    await runner.start();
    await runner.idle();
    expect(new Set(waiting.map(({ id }) => statuses(id)))).toEqual(new Set(['pending failed']));
    runner.outbox.acknowledge({ journalId, seq: journal.head() });
    expect(journal.disk.jobs.size).toBe(0);
  });

  it('holds an acknowledgement back only until it has reached all', async () => {
    const { runner, executor, journal } = await startBench();
    const first = aJob();
    await runner.submit([first, ...Array.from({ length: 2 * MAX_LINES }, () => aJob({ after: [first.id] }))]);
    await settled();
    journal.hold();
    executor.runOf(first.id).end(FAILED);
    await settled();
    journal.release(1);
    await settled();
    const seq = journal.head();
    runner.outbox.acknowledge({ journalId: journal.journalId, seq });
    expect(journal.floor()).toBe(0);
    journal.release();
    await settled();
    expect(journal.floor()).toBe(seq);
  });
});

describe('a job that waits for one of which the runner knows nothing', () => {
  it('is refused, with a sentence that names it', async () => {
    const { runner } = await startBench();
    const job = aJob({ after: [STRANGER] });
    const { accepted, refused } = await runner.submit([job]);
    expect(accepted).toEqual([]);
    expect(refused).toEqual([
      { id: job.id, error: { code: 'bad-request', message: expect.stringContaining(STRANGER) } },
    ]);
  });

  it.each([
    ['completed', 'pending running'],
    ['failed', 'pending failed'],
  ] as const)('takes the word of the history that it is %s', async (status, expected) => {
    const { runner, statuses, stored } = await startBench();
    const job = aJob({ after: [STRANGER] });
    await runner.submit([job], [{ id: STRANGER, status }]);
    await settled();
    expect(statuses(job.id)).toBe(expected);
    expect(jobdeckOf(stored(job.id))?.dependencies).toEqual([{ id: STRANGER, status }]);
  });

  it('does not take the word of the history for an end that is none', async () => {
    const { runner } = await startBench();
    const { refused } = await runner.submit(
      [aJob({ after: [STRANGER] })],
      [{ id: STRANGER, status: 'running' }],
    );
    expect(refused).toHaveLength(1);
  });

  it('knows of ended jobs that are still in the journal', async () => {
    const { runner, executor } = await startBench();
    const first = aJob();
    await runner.submit([first]);
    await settled();
    executor.runOf(first.id).end();
    await settled();
    await runner.submit([aJob({ after: [first.id] })]);
    await settled();
    expect(executor.runs).toHaveLength(2);
  });

  it('fails at the start where the journal has lost it', async () => {
    const before = await startBench();
    const [first, second] = chain(2) as [BatchJob, BatchJob];
    await before.runner.submit([first, second]);
    await settled();
    before.journal.disk.jobs.delete(first.id);
    const { runner, stored } = createBench({ disk: before.journal.disk });
    await runner.start();
    await runner.idle();
    expect(jobdeckOf(stored(second.id))?.error).toMatchObject({
      code: 'dependency',
      message: expect.stringContaining(first.id),
    });
  });
});

describe('jobs that are submitted together', () => {
  it('may come in any order, and are durable together', async () => {
    const { runner, journal } = await startBench();
    const jobs = chain(3);
    journal.hold();
    const submitted = runner.submit([...jobs].reverse());
    await settled();
    journal.release(1);
    expect(journal.disk.log.map(({ jobId }) => jobId)).toEqual(jobs.map(({ id }) => id));
    journal.release();
    expect((await submitted).accepted).toEqual([...jobs].reverse().map(({ id }) => id));
  });

  it('that wait for each other or themselves are refused, each by name, and so are those that wait for them', async () => {
    const { runner } = await startBench();
    const [one, other] = ring();
    const self = aJob();
    const selfish: BatchJob = {
      ...self,
      metadata: { jobdeck: { version: 1, ...jobdeckOf(self), after: [self.id] } },
    };
    const [waits, fine] = [aJob({ after: [one.id] }), aJob()];
    const { accepted, refused } = await runner.submit([waits, one, other, selfish, fine]);
    expect(accepted).toEqual([fine.id]);
    const messages = new Map(refused.map(({ id, error }) => [id, error.message]));
    expect([...messages.keys()].sort()).toEqual([one.id, other.id, selfish.id, waits.id].sort());
    for (const { id } of [one, other]) {
      expect(messages.get(id)).toContain(one.id);
      expect(messages.get(id)).toContain(other.id);
    }
    expect(messages.get(selfish.id)).toContain('itself');
    expect(messages.get(waits.id)).toContain(`${one.id}, which was refused`);
  });

  it('are all refused by the journal or none', async () => {
    const { runner, journal } = await startBench();
    const jobs = chain(2);
    journal.refuseWith(new Error('The disk is full.'));
    await expect(runner.submit(jobs)).rejects.toThrow('full');
    expect(runner.progress(jobs.map(({ id }) => id))).toEqual([]);
    journal.refuseWith(null);
    expect((await runner.submit(jobs)).accepted).toHaveLength(2);
  });

  it('do not wait for one whose submission is still on its way and then refused', async () => {
    const { runner, journal } = await startBench();
    const [first, second] = chain(2) as [BatchJob, BatchJob];
    journal.hold();
    const one = runner.submit([first]).catch(() => 'refused');
    const other = runner.submit([second]);
    await settled();
    journal.refuseWith(new Error('The disk is full.'));
    journal.release();
    expect(await one).toBe('refused');
    journal.refuseWith(null);
    expect((await other).refused).toMatchObject([{ id: second.id, error: { code: 'bad-request' } }]);
  });

  it('wait for no more than a thousand others each', async () => {
    const { runner } = await startBench();
    const many = Array.from({ length: MAX_AFTER + 1 }, () => aJob());
    const { refused } = await runner.submit([...many, aJob({ after: many.map(({ id }) => id) })]);
    expect(refused).toMatchObject([{ error: { message: expect.stringContaining('1001') } }]);
  });
});

describe('what a record claims to have found elsewhere', () => {
  it('is not believed where it is about waiting', async () => {
    const { runner, executor, stored } = await startBench();
    const job = aJob({ after: [] });
    const claimed: BatchJob = {
      ...job,
      status: 'pending',
      metadata: {
        jobdeck: {
          ...{ version: 1, ...jobdeckOf(job), joined: STRANGER, next_attempt_at: '2099-01-01T00:00:00Z' },
          dependencies: [{ id: STRANGER, status: 'failed' }],
        },
      },
    };
    await runner.submit([claimed]);
    await settled();
    expect(executor.runs).toHaveLength(1);
    expect(jobdeckOf(stored(job.id))).not.toHaveProperty('joined');
  });
});
