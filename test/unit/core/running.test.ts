import { describe, expect, it } from 'vitest';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { aJob, createBench, settled, startBench } from '../../fakes/runner-bench.ts';
import { SAMPLE_PROFILE_ID } from '../../fakes/sample-jobs.ts';

describe('submit', () => {
  it('answers only AFTER the job is durable', async () => {
    const { runner, journal } = await startBench();
    journal.hold();
    let answered = false;
    const answer = runner.submit([aJob()]).then(() => {
      answered = true;
    });
    await settled();
    expect(answered).toBe(false);
    journal.release(1);
    await answer;
    expect(journal.disk.log.map(({ type }) => type)).toEqual(['submitted']);
  });

  it('takes created and pending jobs, and says who submitted them', async () => {
    const { runner, stored } = await startBench();
    const jobs = [aJob(), aJob({}, { status: 'pending' })];
    expect(await runner.submit(jobs)).toEqual({ accepted: jobs.map(({ id }) => id), refused: [] });
    for (const { id } of jobs) {
      expect(stored(id)).toMatchObject({
        created_by_id: SAMPLE_PROFILE_ID,
        last_updated_by_id: SAMPLE_PROFILE_ID,
      });
    }
  });

  it('refuses a job that runs or has ended, and takes the others', async () => {
    const { runner } = await startBench();
    const good = aJob();
    const bad = (['running', 'completed', 'failed', 'cancelled', 'expired'] as const).map((status) =>
      aJob({}, { status }),
    );
    const { accepted, refused } = await runner.submit([...bad, good]);
    expect(accepted).toEqual([good.id]);
    expect(refused.map(({ id }) => id)).toEqual(bad.map(({ id }) => id));
    for (const { error } of refused) {
      expect(error.code).toBe('conflict');
      expect(error.message).toContain('Expected job-');
    }
  });

  it('accepts a job it knows again without a second event, waiting, running or ended', async () => {
    const { runner, executor, journal } = await startBench();
    const [first, second] = [aJob(), aJob()];
    await runner.submit([first, second]);
    await settled();
    const before = journal.disk.log.length;
    expect((await runner.submit([first, second, second])).accepted).toEqual([first.id, second.id]);
    expect(journal.disk.log).toHaveLength(before);
    executor.runOf(first.id).end();
    await settled();
    expect((await runner.submit([first])).accepted).toEqual([first.id]);
    expect(journal.disk.log.filter(({ type }) => type === 'submitted')).toHaveLength(2);
  });

  it('refuses another job under the id of one that has ended, and runs nothing', async () => {
    const { runner, executor } = await startBench();
    const job = aJob();
    await runner.submit([job]);
    await settled();
    executor.runOf(job.id).end();
    await settled();
    const other = { ...job, created_at: '2020-01-01T00:00:00Z' };
    const { accepted, refused } = await runner.submit([other]);
    expect(accepted).toEqual([]);
    expect(refused).toMatchObject([{ id: job.id, error: { code: 'conflict' } }]);
    expect(refused[0]?.error.message).toContain('"Run again" makes a new job');
  });

  it('does not answer a second submission before the first one is durable', async () => {
    const { runner, journal } = await startBench();
    const job = aJob();
    journal.hold();
    const answers: string[] = [];
    const both = [
      runner.submit([job]).then(() => answers.push('first')),
      runner.submit([job]).then(() => answers.push('second')),
    ];
    await settled();
    expect(answers).toEqual([]);
    journal.release();
    await Promise.all(both);
    expect(journal.disk.log.filter(({ type }) => type === 'submitted')).toHaveLength(1);
  });

  it('is refused once the runner stops', async () => {
    const { runner } = await startBench();
    await runner.stop();
    await expect(runner.submit([aJob()])).rejects.toMatchObject({ code: 'closing' });
  });

  it('starts nothing before the runner is started', async () => {
    const { runner, executor } = createBench();
    const job = aJob();
    await runner.submit([job]);
    await settled();
    expect(executor.runs).toEqual([]);
    await runner.start();
    await settled();
    expect(executor.runs.map(({ spec }) => spec.jobId)).toEqual([job.id]);
  });
});

describe('a run', () => {
  it('starts the task only AFTER its start is durable', async () => {
    const { runner, journal, executor, stored } = await startBench();
    const job = aJob();
    await runner.submit([job]);
    await settled();
    journal.hold();
    const next = aJob();
    const submitted = runner.submit([next]);
    journal.release(1);
    await submitted;
    executor.runOf(job.id).end();
    await settled();
    journal.release(1); // the end of the first job
    await settled();
    expect(executor.runs).toHaveLength(1);
    expect(stored(next.id).status).toBe('pending');
    journal.release(1); // the start of the second
    await settled();
    expect(executor.runs).toHaveLength(2);
    expect(stored(next.id).status).toBe('running');
  });

  it('keeps its slot until its end is durable', async () => {
    const { runner, journal, executor } = await startBench();
    const [first, second] = [aJob(), aJob()];
    await runner.submit([first, second]);
    await settled();
    journal.hold();
    executor.runOf(first.id).end();
    await settled();
    expect(runner.status()).toMatchObject({ running: 1, pending: 1 });
    journal.release();
    await settled();
    expect(executor.runs.map(({ spec }) => spec.jobId)).toEqual([first.id, second.id]);
  });

  it('fills every field of the record', async () => {
    const { runner, executor, clock, stored } = await startBench({ inBackground: () => true });
    const agentId = 'agent-3f0a7a52-6c1b-4b8e-9a51-0d2c8e6b7f14';
    const job = aJob({ timeout_ms: 1000, kill_grace_ms: 10, max_output_bytes: 4096 }, { agent_id: agentId });
    await runner.submit([job]);
    await settled();
    const run = executor.runOf(job.id);
    expect(run.spec).toEqual({
      jobId: job.id,
      attempt: 1,
      task: jobdeckOf(job)?.task,
      agentId,
      timeoutMs: 1000,
      killGraceMs: 10,
      maxOutputBytes: 4096,
    });
    clock.advance(2500);
    run.end();
    await settled();
    expect(stored(job.id)).toMatchObject({
      status: 'completed',
      stop_reason: 'end_turn',
      background: true,
      ttft_ns: 1_000_000,
      total_duration_ns: 2_500_000_000,
      completed_at: '2026-11-01T08:00:02.500Z',
      updated_at: '2026-11-01T08:00:02.500Z',
      metadata: {
        jobdeck: {
          attempts: [
            {
              number: 1,
              started_at: '2026-11-01T08:00:00.000Z',
              ended_at: '2026-11-01T08:00:02.500Z',
              duration_ns: 5_000_000,
              ttft_ns: 1_000_000,
              outcome: 'completed',
            },
          ],
          result: { exit_code: 0, stdout: 'hi\n' },
        },
      },
    });
  });

  it('kills after five seconds where the job does not say, and has no limits where it has none', async () => {
    const { runner, executor } = await startBench();
    const job = aJob();
    await runner.submit([job]);
    await settled();
    expect(executor.runOf(job.id).spec).toMatchObject({
      killGraceMs: 5000,
      timeoutMs: null,
      maxOutputBytes: null,
    });
  });

  it('that fails says why, in the attempt and in the job', async () => {
    const { runner, executor, stored } = await startBench();
    const job = aJob();
    await runner.submit([job]);
    await settled();
    const error = { code: 'exit-code', message: 'The program ended with exit code 3.' } as const;
    executor.runOf(job.id).end({ outcome: 'failed', error });
    await settled();
    expect(stored(job.id)).toMatchObject({ status: 'failed', stop_reason: 'error' });
    expect(jobdeckOf(stored(job.id))).toMatchObject({ error, attempts: [{ outcome: 'failed', error }] });
  });

  it('never rounds an integer that is not exact: it is null', async () => {
    const { runner, executor, stored } = await startBench();
    const job = aJob();
    await runner.submit([job]);
    await settled();
    executor.runOf(job.id).end({ durationNs: 2 ** 53, ttftNs: 1.5 });
    await settled();
    expect(stored(job.id).ttft_ns).toBeNull();
    expect(jobdeckOf(stored(job.id))?.attempts?.[0]).toMatchObject({ duration_ns: null, ttft_ns: null });
  });

  it('is a failure of the job where an executor breaks its promise never to reject', async () => {
    const { runner, executor, stored } = await startBench();
    executor.run = () => Promise.reject(new Error('helper gone'));
    const job = aJob();
    await runner.submit([job]);
    await runner.idle();
    expect(jobdeckOf(stored(job.id))?.error).toEqual({ code: 'spawn', message: 'helper gone' });
  });

  it('gives a strictly valid document at every status', async () => {
    const { runner, executor, journal, clock } = await startBench({ slots: 3 });
    const jobs = [aJob(), aJob(), aJob(), aJob({ deadline: clock.now() }), aJob()];
    await runner.submit(jobs);
    await settled();
    executor.runs[0]?.end();
    executor.runs[1]?.end({ outcome: 'failed', error: { code: 'signal', message: 'Ended by SIGSEGV.' } });
    await runner.cancel(jobs.map(({ id }) => id));
    await runner.idle();
    const documents = journal.disk.log.map(({ job }) => job);
    expect(new Set(documents.map(({ status }) => status))).toEqual(
      new Set(['pending', 'running', 'completed', 'failed', 'cancelled', 'expired']),
    );
    expect(documents.filter((job) => !isJob(job))).toEqual([]);
  });
});
