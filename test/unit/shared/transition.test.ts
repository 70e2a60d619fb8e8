import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { type BatchJob, JOB_STATUSES, jobdeckOf } from '#shared/job/batch-job.ts';
import { isTerminal, LIFECYCLE } from '#shared/job/lifecycle.ts';
import { type JobCommand, recordCallback, transition } from '#shared/job/transition.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import {
  SAMPLE_PROFILE_ID as by,
  endOf,
  exitError,
  sampleJobIn,
  seededRandom,
} from '../../fakes/sample-jobs.ts';

const NOW = '2026-12-24T18:00:00.000Z';
const end = endOf(0, 'hi\n');
const COMMANDS: readonly JobCommand[] = [
  { type: 'submit', by },
  { type: 'start', by, background: true },
  { type: 'requeue', by, end, error: exitError(1) },
  { type: 'update', by, update: { missed_runs: 1, not_before: NOW } },
  { type: 'requeue', by, end, error: exitError(1), nextAttemptAt: NOW },
  { type: 'fail', by, error: { code: 'dependency', message: 'It failed.' } },
  { type: 'complete', by, end: { ...end, counts: { total: 2, completed: 1, failed: 1, cancelled: 0 } } },
  { type: 'complete', by, end },
  { type: 'complete', by, end, stopReason: 'max_steps' },
  { type: 'fail', by, end, error: exitError(2) },
  { type: 'fail', by, end, error: exitError(2), stopReason: 'llm_api_error' },
  { type: 'cancel', by },
  { type: 'cancel', by, end },
  { type: 'expire', by },
];

/** The job that follows, or the job as it was where the command is refused. */
function tried(job: BatchJob, command: JobCommand): BatchJob {
  try {
    return transition(job, command, NOW).job;
  } catch (error) {
    if (error instanceof AppError && error.code === 'illegal-transition') return job;
    throw error;
  }
}

describe('transition', () => {
  it('leaves the lifecycle table under no sequence of commands, and every document is valid', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 300; round += 1) {
      let job = sampleJobIn(JOB_STATUSES[round % JOB_STATUSES.length] ?? 'created', round);
      for (let step = 0; step < 12; step += 1) {
        const command = COMMANDS[Math.floor(random() * COMMANDS.length)] ?? { type: 'expire', by };
        const next = tried(job, command);
        const keepsStatus =
          command.type === 'update' || (command.type === 'submit' && job.status === 'pending');
        if (next !== job && !keepsStatus) {
          expect(LIFECYCLE[job.status]).toContain(next.status);
        }
        expect(isJob(next)).toBe(true);
        expect(next.completed_at !== null).toBe(isTerminal(next.status));
        job = next;
      }
    }
  });

  it('changes neither the record it was given nor anything in it', () => {
    for (const [index, command] of COMMANDS.entries()) {
      for (const status of JOB_STATUSES) {
        const job = sampleJobIn(status, index);
        const before = structuredClone(job);
        tried(job, command);
        expect(job).toEqual(before);
      }
    }
  });

  it.each(['completed', 'failed', 'cancelled', 'expired'] as const)('lets nothing follow %s', (status) => {
    const job = sampleJobIn(status, 1);
    for (const command of COMMANDS) expect(tried(job, command)).toBe(job);
  });

  it('says what was expected of a job that can not', () => {
    const job = sampleJobIn('created', 1);
    expect(() => transition(job, { type: 'start', by, background: false }, NOW)).toThrow(
      `Expected ${job.id} to be in a status that may become running, got created.`,
    );
  });

  it('gives one event that holds the new record', () => {
    const { job, events } = transition(sampleJobIn('created', 1), { type: 'submit', by }, NOW);
    expect(events).toEqual([{ type: 'submitted', jobId: job.id, at: NOW, job }]);
  });

  it('stamps who and when, and keeps the creator of a record that has one', () => {
    const owned = { ...sampleJobIn('created', 1), created_by_id: 'user-of-another-machine' };
    expect(transition(owned, { type: 'submit', by }, NOW).job).toMatchObject({
      created_by_id: 'user-of-another-machine',
      last_updated_by_id: by,
      updated_at: NOW,
    });
    const unowned = { ...owned, created_by_id: null };
    expect(transition(unowned, { type: 'submit', by }, NOW).job.created_by_id).toBe(by);
  });

  it('keeps every attempt, and the times of the last one in the record', () => {
    const first = transition(
      sampleJobIn('running', 1),
      { type: 'requeue', by, end, error: exitError(1) },
      NOW,
    ).job;
    const second = transition(first, { type: 'start', by, background: true }, NOW).job;
    const last = transition(
      second,
      { type: 'complete', by, end: { ...end, ttftNs: 5, totalDurationNs: 9 } },
      NOW,
    ).job;
    expect(last).toMatchObject({ background: true, ttft_ns: 5, total_duration_ns: 9, completed_at: NOW });
    expect(jobdeckOf(last)?.attempts).toMatchObject([
      { number: 1, outcome: 'failed', error: exitError(1) },
      { number: 2, outcome: 'completed', ttft_ns: 5 },
    ]);
  });

  it('says when the next attempt is due for as long as it is waited for, and no longer', () => {
    const running = sampleJobIn('running', 3);
    const requeue = { type: 'requeue', by, end, error: exitError(1), nextAttemptAt: NOW } as const;
    const waiting = transition(running, requeue, NOW).job;
    expect(jobdeckOf(waiting)?.next_attempt_at).toBe(NOW);
    for (const command of [
      { type: 'start', by, background: false },
      { type: 'cancel', by },
    ] as const) {
      expect(jobdeckOf(transition(waiting, command, NOW).job)).not.toHaveProperty('next_attempt_at');
    }
  });

  it('fails a job that waits with no attempt, and one that runs only with the end of its attempt', () => {
    const fail = { type: 'fail', by, error: { code: 'dependency', message: 'It failed.' } } as const;
    const failed = transition(sampleJobIn('pending', 4), fail, NOW).job;
    expect(failed).toMatchObject({ status: 'failed', stop_reason: 'error', completed_at: NOW });
    expect(jobdeckOf(failed)?.attempts).toBeUndefined();
    expect(() => transition(sampleJobIn('running', 4), fail, NOW)).toThrow(/the end of the attempt/);
  });

  it('updates a job that is pending, and no other', () => {
    const update = { type: 'update', by, update: { missed_runs: 2 } } as const;
    const { job, events } = transition(sampleJobIn('pending', 5), update, NOW);
    expect(jobdeckOf(job)?.missed_runs).toBe(2);
    expect(events.map(({ type }) => type)).toEqual(['updated']);
    for (const status of JOB_STATUSES.filter((other) => other !== 'pending')) {
      expect(() => transition(sampleJobIn(status, 5), update, NOW)).toThrow(AppError);
    }
  });

  it('keeps what else is in the metadata', () => {
    const job = { ...sampleJobIn('created', 1), metadata: { team: 'ops' } };
    const { metadata } = tried(tried(job, { type: 'submit', by }), { type: 'start', by, background: false });
    expect(metadata).toMatchObject({ team: 'ops', jobdeck: { version: 1, attempts: [{ number: 1 }] } });
  });
});

describe('recordCallback', () => {
  it('changes the three callback fields and nothing else', () => {
    const job = sampleJobIn('completed', 1);
    const report = { sentAt: NOW, statusCode: 503, error: null };
    const recorded = recordCallback(job, report, NOW);
    expect(recorded.job).toEqual({
      ...job,
      callback_sent_at: NOW,
      callback_status_code: 503,
      callback_error: null,
    });
    expect(recorded.events).toMatchObject([{ type: 'callback-recorded', job: recorded.job }]);
    expect(isJob(recorded.job)).toBe(true);
  });
});
