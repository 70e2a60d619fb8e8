import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok, type Result } from '#shared/contract/result.ts';
import type { JobProgress } from '#shared/contract/runner-state.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { createProgressFeed, type ProgressFeed } from '../../../../src-renderer/services/progress-feed.ts';

const ONE = 'job-00000001-0000-4000-8000-000000000000' as JobId;
const TWO = 'job-00000002-0000-4000-8000-000000000000' as JobId;

const waiting = (id: JobId): JobProgress => ({
  id,
  waitsFor: 'slot',
  waitsUntil: null,
  suspended: false,
  batch: null,
});

let isSeen: boolean;
let answers: JobProgress[];
const jobProgress = vi.fn(
  async (_request: { ids: JobId[] }): Promise<Result<{ jobs: JobProgress[] }>> => ok({ jobs: answers }),
);
let feed: ProgressFeed;

beforeEach(() => {
  vi.useFakeTimers();
  jobProgress.mockClear();
  isSeen = true;
  answers = [waiting(ONE), waiting(TWO)];
  feed = createProgressFeed({ jobProgress }, () => isSeen);
  return () => void vi.useRealTimers();
});

const later = () => vi.advanceTimersToNextTimerAsync();

describe('following jobs', () => {
  it('asks for all of them in one question, and tells each follower of its own job', async () => {
    const told = { one: vi.fn(), two: vi.fn() };
    feed.follow(ONE, told.one);
    feed.follow(TWO, told.two);
    await later();
    expect(jobProgress.mock.calls).toEqual([[{ ids: [ONE, TWO] }]]);
    expect(feed.of(ONE)).toEqual(waiting(ONE));

    answers = [waiting(ONE), { ...waiting(TWO), suspended: true }];
    await later();
    expect(told.one).toHaveBeenCalledTimes(1);
    expect(told.two).toHaveBeenCalledTimes(2);
  });

  it('knows nothing of a job that is no longer active', async () => {
    feed.follow(ONE, () => {});
    await later();
    answers = [];
    await later();
    expect(feed.of(ONE)).toBeNull();
  });

  it('asks nothing while nobody follows, or nobody can see it', async () => {
    const stop = feed.follow(ONE, () => {});
    isSeen = false;
    await later();
    expect(jobProgress).not.toHaveBeenCalled();
    isSeen = true;
    await later();
    expect(jobProgress).toHaveBeenCalledTimes(1);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('asks on where a question was not answered', async () => {
    jobProgress.mockResolvedValueOnce(fail('closing', 'Jobdeck is closing.'));
    feed.follow(ONE, () => {});
    await later();
    expect(feed.of(ONE)).toBeNull();
    await later();
    expect(feed.of(ONE)).toEqual(waiting(ONE));
  });
});
