import { describe, expect, it } from 'vitest';
import { transition } from '#shared/job/transition.ts';
import { timelineSteps } from '../../../../../src-renderer/features/job-detail/overview/timeline-steps.ts';
import { attempted } from '../../../../fakes/fake-deliveries.ts';
import { historyDelivery } from '../../../../fakes/history-deliveries.ts';
import { endOf, exitError, sampleJobIn } from '../../../../fakes/sample-jobs.ts';

const titles = (job: Parameters<typeof timelineSteps>[0]) => timelineSteps(job).map((step) => step.title);

describe('timelineSteps', () => {
  it('tells a finished job from its making to its callback', () => {
    const job = {
      ...sampleJobIn('completed', 1),
      callback_url: 'http://127.0.0.1/',
      callback_sent_at: '2026-11-01T08:02:00Z',
      callback_status_code: 500,
    };
    expect(titles(job)).toEqual(['Created', 'Started', 'Completed', 'Callback']);
    expect(timelineSteps(job).at(-1)).toMatchObject({
      tone: 'bad',
      note: 'Answered 500, which is not a success.',
    });
  });

  it('tells of the callback by its delivery, where it has one', () => {
    const job = { ...sampleJobIn('completed', 0), callback_url: 'http://127.0.0.1/' };
    const due = historyDelivery(0);
    const nowMs = Date.parse(due.createdAt);
    const step = (delivery: typeof due) => {
      const last = timelineSteps(job, null, delivery).at(-1);
      return [last?.tone, last?.noteAt?.(nowMs)];
    };
    const next = new Date(nowMs + 300_000).toISOString();
    const failed = attempted(due, { startedAt: due.createdAt, statusCode: 503, error: 'No.' }, next);
    expect(step(failed)).toEqual(['coming', 'Answered 503, next try in 5 min']);
    expect(step(attempted(failed, { startedAt: next, statusCode: 200 }, null))).toEqual([
      'good',
      'Delivered at attempt 2, answered 200',
    ]);
    expect(step({ ...failed, state: 'abandoned' })).toEqual(['bad', 'Answered 503, given up']);
  });

  it('marks what is going on', () => {
    expect(timelineSteps(sampleJobIn('running', 1)).at(-1)?.tone).toBe('live');
    expect(timelineSteps(sampleJobIn('pending', 1)).at(-1)).toMatchObject({ title: 'Queued', tone: 'live' });
  });

  it('says what a job waits for, and when it is tried again', () => {
    const pending = sampleJobIn('pending', 1);
    const waits = { id: pending.id, waitsUntil: null, suspended: false, batch: null } as const;
    expect(timelineSteps(pending, { ...waits, waitsFor: 'dependency' }).at(-1)?.note).toBe(
      'Waiting for another job to end',
    );
    const at = '2026-12-24T18:00:00.000Z';
    const requeue = {
      type: 'requeue',
      by: null,
      end: endOf(1, ''),
      error: exitError(1),
      nextAttemptAt: at,
    } as const;
    const again = transition(sampleJobIn('running', 1), requeue, at).job;
    expect(timelineSteps(again, { ...waits, waitsFor: 'retry' }).at(-1)).toMatchObject({
      title: 'Attempt 2',
      atMs: Date.parse(at),
      note: 'Waiting for the next attempt',
    });
  });

  it('names the jobs it waited for, and how they ended', () => {
    const job = transition(
      sampleJobIn('pending', 1),
      {
        type: 'update',
        by: null,
        update: { dependencies: [{ id: sampleJobIn('failed', 2).id, status: 'failed' }] },
      },
      '2026-12-24T18:00:00.000Z',
    ).job;
    expect(timelineSteps(job)).toContainEqual(
      expect.objectContaining({ title: 'A job it waited for ended', tone: 'bad' }),
    );
  });

  it('has one step for a job that was only saved', () => {
    expect(titles(sampleJobIn('created', 1))).toEqual(['Created']);
  });

  it('shows a callback that is due as still to come', () => {
    const job = { ...sampleJobIn('failed', 1), callback_url: 'http://127.0.0.1/' };
    expect(timelineSteps(job).at(-1)).toMatchObject({ title: 'Callback', tone: 'coming', atMs: null });
  });
});
