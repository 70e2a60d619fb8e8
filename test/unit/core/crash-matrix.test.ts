/** Kills the runner at every write there is, and again at every write of the recovery. */
import { describe, expect, it } from 'vitest';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { isTerminal, mayFollow } from '#shared/job/lifecycle.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { type Disk, emptyDisk } from '../../fakes/memory-journal.ts';
import { aJob, createBench, settled } from '../../fakes/runner-bench.ts';

const WITH_CALLBACK = { callback_url: 'http://127.0.0.1/done' };

interface Life {
  disk: Disk;
  /** Submissions that were answered. */
  accepted: BatchJob[];
  crashed: boolean;
}

/** One life of the application: everything that can happen to a job, cut off after `appends` writes. */
async function live(appends: number): Promise<Life> {
  const disk = emptyDisk();
  const clock = createFakeClock();
  const { runner, journal, executor } = createBench({ disk, clock, slots: 2 });
  journal.crashAfter(appends);
  const accepted: BatchJob[] = [];
  const [completes, fails, cancelledRunning, cancelledWaiting, expires, reruns, odd] = [
    aJob({}, WITH_CALLBACK),
    aJob({ on_interrupt: 'rerun' }),
    aJob({ on_interrupt: 'rerun' }, WITH_CALLBACK),
    aJob({}, WITH_CALLBACK),
    aJob({ deadline: clock.now() }),
    aJob({ on_interrupt: 'rerun' }, WITH_CALLBACK),
    aJob({ not_before: '2026-12-31T23:59:60Z' }, WITH_CALLBACK),
  ] as const;
  /** Unless the crash came before it was started. */
  const end = ({ id }: BatchJob, outcome: 'completed' | 'failed' = 'completed') =>
    executor.runs.find(({ spec }) => spec.jobId === id)?.end({ outcome });
  // Never awaited: after the crash it has no answer.
  void (async () => {
    await runner.start();
    for (const job of [completes, fails, cancelledRunning, cancelledWaiting, expires, reruns, odd]) {
      await runner.submit([job]);
      accepted.push(job);
    }
    await settled();
    end(completes);
    await runner.cancel([cancelledWaiting.id]);
    await settled();
    end(fails, 'failed');
    await settled();
    await runner.cancel([cancelledRunning.id]);
    await settled();
    end(reruns);
    await runner.idle();
  })();
  for (let turn = 0; turn < 12; turn += 1) await settled();
  return { disk, accepted, crashed: journal.hasCrashed };
}

/** The next start, cut off after `appends` writes; without a number it goes to its end. */
async function recover(disk: Disk, appends = Number.POSITIVE_INFINITY): Promise<boolean> {
  const { runner, journal, executor } = createBench({ disk, slots: 2 });
  journal.crashAfter(appends);
  executor.isAutomatic = true;
  void runner.start();
  const over = runner.idle().then(() => 'idle' as const);
  for (let turn = 0; turn < 12; turn += 1) await settled();
  if (!journal.hasCrashed) expect(await over).toBe('idle');
  return journal.hasCrashed;
}

function expectNothingLost({ disk, accepted }: Life): void {
  const { log } = disk;
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  for (const { id } of accepted) expect(disk.jobs.has(id)).toBe(true);
  for (const id of disk.jobs.keys()) {
    const events = log.filter((event) => event.jobId === id);
    expect(events.filter(({ type }) => type === 'ended')).toHaveLength(1);
    const documents = events.map(({ job }) => job);
    expect(documents.filter((job) => !isJob(job))).toEqual([]);
    for (const [index, job] of documents.entries()) {
      const earlier = documents[index - 1];
      if (earlier === undefined) expect(job.status).toBe('pending');
      else if (events[index]?.type === 'callback-recorded') expect(job.status).toBe(earlier.status);
      else expect(mayFollow(earlier.status, job.status)).toBe(true);
    }
    const last = documents.at(-1);
    if (last === undefined) throw new Error('Expected a document.');
    expect(isTerminal(last.status)).toBe(true);
    expect(jobdeckOf(last)?.attempts?.every(({ outcome }) => outcome !== undefined) ?? true).toBe(true);
    const posted = events.filter(({ type }) => type === 'callback-recorded');
    expect(posted).toHaveLength(last.callback_url === null ? 0 : 1);
  }
}

describe('a crash', () => {
  it('after any write loses no job, doubles no end and leaves nothing running', async () => {
    let appends = 1;
    for (; ; appends += 1) {
      const life = await live(appends);
      await recover(life.disk);
      expectNothingLost(life);
      if (!life.crashed) break;
    }
    expect(appends).toBeGreaterThan(20);
  });

  it('after any write of a recovery from any crash does not either', async () => {
    for (let appends = 1; (await live(appends)).crashed; appends += 3) {
      for (let later = 1; ; later += 1) {
        const life = await live(appends);
        const crashedAgain = await recover(life.disk, later);
        await recover(life.disk);
        expectNothingLost(life);
        if (!crashedAgain) break;
      }
    }
  });
});
