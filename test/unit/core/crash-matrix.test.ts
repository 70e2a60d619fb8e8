/** Kills the runner at every write there is, and again at every write of the recovery. */
import { describe, expect, it } from 'vitest';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { isTerminal, mayFollow } from '#shared/job/lifecycle.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import type { AttemptReport } from '../../../src-main/core/ports.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { type Disk, emptyDisk } from '../../fakes/memory-journal.ts';
import { aJob, createBench, type RunnerBench, settled } from '../../fakes/runner-bench.ts';

const WITH_CALLBACK = { callback_url: 'http://127.0.0.1/done' };
const FAILED = { outcome: 'failed', error: { code: 'timeout', message: 'Too slow.' } } as const;
const TURNS = 12;

interface Life {
  disk: Disk;
  /** Submissions that were answered. */
  accepted: BatchJob[];
  crashed: boolean;
}

type Story = (bench: RunnerBench, submit: (...jobs: BatchJob[]) => Promise<void>) => Promise<void>;

/** Unless the crash came before it was started. */
function end(
  { executor, batches }: RunnerBench,
  { id }: BatchJob,
  report: Partial<AttemptReport> = {},
): void {
  executor
    .running()
    .find(({ spec }) => spec.jobId === id)
    ?.end(report);
  batches.runs.findLast(({ job }) => job.id === id)?.end(report);
}

const STORIES: Record<string, Story> = {
  'everything that can happen to a job by itself': async (bench, submit) => {
    const { runner, clock } = bench;
    const jobs = [
      aJob({}, WITH_CALLBACK),
      aJob({ on_interrupt: 'rerun' }),
      aJob({ on_interrupt: 'rerun' }, WITH_CALLBACK),
      aJob({}, WITH_CALLBACK),
      aJob({ deadline: clock.now() }),
      aJob({ on_interrupt: 'rerun' }, WITH_CALLBACK),
      aJob({ not_before: '2026-12-31T23:59:60Z' }, WITH_CALLBACK),
    ] as const;
    for (const job of jobs) await submit(job);
    const [completes, fails, cancelledRunning, cancelledWaiting, , reruns] = jobs;
    await settled();
    end(bench, completes);
    await runner.cancel([cancelledWaiting.id]);
    await settled();
    end(bench, fails, FAILED);
    await settled();
    await runner.cancel([cancelledRunning.id]);
    await settled();
    end(bench, reruns);
  },

  'jobs that wait for jobs': async (bench, submit) => {
    const [first, second] = [aJob({ on_interrupt: 'rerun' }), aJob({}, WITH_CALLBACK)];
    const afterBoth = aJob({ after: [first.id, second.id], after_condition: 'ended' });
    const afterSecond = aJob({ after: [second.id] }, WITH_CALLBACK);
    const afterThat = aJob({ after: [afterSecond.id, afterBoth.id] });
    await submit(afterThat, afterBoth, afterSecond, first, second);
    await submit(aJob({ after: [first.id] }));
    await settled();
    end(bench, first);
    await settled();
    end(bench, second, FAILED);
    await settled();
    end(bench, afterBoth);
  },

  'jobs that join a job': async (bench, submit) => {
    const leader = aJob({ dedup_key: 'photos', on_interrupt: 'rerun' });
    const joins = { dedup_key: 'photos', on_duplicate: 'join' as const };
    const joiners = [aJob(joins, WITH_CALLBACK), aJob(joins)] as const;
    await submit(leader, joiners[0]);
    await submit(joiners[1]);
    await submit(aJob({ after: [joiners[1].id] }));
    await settled();
    end(bench, leader);
  },

  'runs of a schedule': async (bench, submit) => {
    const job = aJob({ schedule: { cron: 'every 60', remaining: 3 }, on_interrupt: 'rerun' });
    await submit(job);
    for (let minute = 0; minute < 3; minute += 1) {
      bench.clock.advance(60_000);
      await settled();
      for (const run of bench.executor.running()) run.end();
      await settled();
    }
  },

  'attempts that are tried again': async (bench, submit) => {
    const job = aJob({ retry: { max_attempts: 3, backoff_ms: 1000 }, on_interrupt: 'rerun' }, WITH_CALLBACK);
    await submit(job);
    for (const report of [FAILED, FAILED, {}]) {
      await settled();
      end(bench, job, report);
      await settled();
      bench.clock.advance(10_000);
    }
  },

  'batches, and jobs that are moved': async (bench, submit) => {
    const { runner } = bench;
    const batches = [1, 2, 3].map(() => aJob({ items: { values: [1, 2, 3] } }));
    const [first, second, third] = batches as [BatchJob, BatchJob, BatchJob];
    await submit(first);
    await submit(second);
    await submit(third);
    const others = [aJob(), aJob({ priority: 2 })] as const;
    await submit(...others);
    await runner.move(others[0].id, { before: others[1].id });
    await settled();
    end(bench, first);
    await settled();
    await runner.cancel([second.id]);
    await settled();
    end(bench, others[0]);
  },
};

/** One life of the application, cut off after `appends` writes. */
async function live(story: Story, appends: number): Promise<Life> {
  const disk = emptyDisk();
  const bench = createBench({ disk, clock: createFakeClock(), slots: 2 });
  const { runner, journal } = bench;
  journal.crashAfter(appends);
  const accepted: BatchJob[] = [];
  const submit = async (...jobs: BatchJob[]) => {
    await runner.submit(jobs);
    accepted.push(...jobs);
  };
  // Never awaited: after the crash it has no answer.
  void (async () => {
    await runner.start();
    await story(bench, submit);
    await runner.finish();
  })();
  for (let turn = 0; turn < 2 * TURNS; turn += 1) await settled();
  return { disk, accepted, crashed: journal.hasCrashed };
}

/** The next start, cut off after `appends` writes; without a number it goes to its end. */
async function recover(disk: Disk, appends = Number.POSITIVE_INFINITY): Promise<boolean> {
  const clock = createFakeClock('2026-11-01T08:03:30.000Z');
  const { runner, journal, executor, batches } = createBench({ disk, slots: 2, clock });
  journal.crashAfter(appends);
  executor.isAutomatic = true;
  batches.isAutomatic = true;
  void runner.start();
  const over = runner.idle().then(() => 'idle' as const);
  for (let turn = 0; turn < TURNS; turn += 1) {
    await settled();
    clock.advance(60_000);
  }
  if (!journal.hasCrashed) expect(await over).toBe('idle');
  return journal.hasCrashed;
}

function expectNothingLost({ disk, accepted }: Life): void {
  const { log } = disk;
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  for (const { id } of accepted) expect(disk.jobs.has(id)).toBe(true);
  for (const id of disk.jobs.keys()) expectOneLife(disk, id);
  expectDependents(disk);
  expectJoiners(disk);
  expectSchedules(disk);
}

function expectOneLife({ log }: Disk, id: JobId): void {
  const events = log.filter((event) => event.jobId === id);
  expect(events.filter(({ type }) => type === 'ended')).toHaveLength(1);
  const documents = events.map(({ job }) => job);
  expect(documents.filter((job) => !isJob(job))).toEqual([]);
  for (const [index, job] of documents.entries()) {
    const earlier = documents[index - 1];
    const type = events[index]?.type;
    if (earlier === undefined) expect(job.status).toBe('pending');
    else if (type === 'callback-recorded' || type === 'updated') expect(job.status).toBe(earlier.status);
    else expect(mayFollow(earlier.status, job.status)).toBe(true);
  }
  const last = documents.at(-1);
  if (last === undefined) throw new Error('Expected a document.');
  expect(isTerminal(last.status)).toBe(true);
  expect(jobdeckOf(last)?.attempts?.every(({ outcome }) => outcome !== undefined) ?? true).toBe(true);
  const posted = events.filter(({ type }) => type === 'callback-recorded');
  expect(posted).toHaveLength(last.callback_url === null ? 0 : 1);
}

const jobsOf = (disk: Disk) => [...disk.jobs.values()].map(({ job }) => job);
const statusOf = (disk: Disk, id: string) => disk.jobs.get(id as JobId)?.job.status;

/** Each knows how those that it waited for ended, and ran only where they allow it, and only after them. */
function expectDependents(disk: Disk): void {
  for (const job of jobsOf(disk)) {
    const { after = [], after_condition, dependencies = [], attempts = [], error } = jobdeckOf(job) ?? {};
    for (const { id, status } of dependencies) expect(status).toBe(statusOf(disk, id));
    const stopped = after_condition !== 'ended' && after.some((id) => statusOf(disk, id) !== 'completed');
    if (stopped) expect([attempts.length, error?.code]).toEqual([0, 'dependency']);
    else expect(dependencies.map(({ id }) => id).sort()).toEqual([...after].sort());
    const indexOf = (id: string, type: string) =>
      disk.log.findIndex((event) => event.jobId === id && event.type === type);
    if (attempts.length === 0) continue;
    for (const id of after) expect(indexOf(id, 'ended')).toBeLessThan(indexOf(job.id, 'started'));
  }
}

function expectJoiners(disk: Disk): void {
  for (const job of jobsOf(disk)) {
    const leader = jobdeckOf(job)?.joined;
    if (leader !== undefined) expect(job.status).toBe(statusOf(disk, leader));
  }
}

/** Of each schedule every run came to be once, with one less left than the one before it. */
function expectSchedules(disk: Disk): void {
  const left = jobsOf(disk).flatMap((job) => jobdeckOf(job)?.schedule?.remaining ?? []);
  if (left.length > 0) expect(left.sort()).toEqual([1, 2, 3]);
}

describe.each(Object.entries(STORIES))('a crash in %s', (_, story) => {
  it('after any write loses no job, doubles no end and leaves nothing running', async () => {
    let appends = 1;
    for (; ; appends += 1) {
      const life = await live(story, appends);
      await recover(life.disk);
      expectNothingLost(life);
      if (!life.crashed) break;
    }
    expect(appends).toBeGreaterThan(5);
  });

  it('after any write of a recovery from any crash does not either', async () => {
    for (let appends = 1; (await live(story, appends)).crashed; appends += 3) {
      for (let later = 1; ; later += 1) {
        const life = await live(story, appends);
        const crashedAgain = await recover(life.disk, later);
        await recover(life.disk);
        expectNothingLost(life);
        if (!crashedAgain) break;
      }
    }
  });
});
