import { describe, expect, it } from 'vitest';
import { timelineSteps } from '../../../../../src-renderer/features/job-detail/overview/timeline-steps.ts';
import { sampleJobIn } from '../../../../fakes/sample-jobs.ts';

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

  it('marks what is going on', () => {
    expect(timelineSteps(sampleJobIn('running', 1)).at(-1)?.tone).toBe('live');
    expect(timelineSteps(sampleJobIn('pending', 1)).at(-1)).toMatchObject({ title: 'Queued', tone: 'live' });
  });

  it('has one step for a job that was only saved', () => {
    expect(titles(sampleJobIn('created', 1))).toEqual(['Created']);
  });

  it('shows a callback that is due as still to come', () => {
    const job = { ...sampleJobIn('failed', 1), callback_url: 'http://127.0.0.1/' };
    expect(timelineSteps(job).at(-1)).toMatchObject({ title: 'Callback', tone: 'coming', atMs: null });
  });
});
