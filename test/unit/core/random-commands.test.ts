/** Whatever is asked for in whatever order: the lifecycle table holds, slots are kept, nothing gets stuck. */
import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { isTerminal, mayFollow } from '#shared/job/lifecycle.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { JOURNAL_RETRY_MS } from '../../../src-main/core/ledger.ts';
import { aJob, settled, startBench } from '../../fakes/runner-bench.ts';
import { seededRandom } from '../../fakes/sample-jobs.ts';

const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1);
const STEPS = 60;

describe('a runner under random commands', () => {
  it.each(SEEDS)('keeps to the lifecycle, its slots and its word (seed %i)', async (seed) => {
    const random = seededRandom(seed);
    const below = (count: number) => Math.floor(random() * count);
    const { runner, executor, journal, clock, told } = await startBench({ slots: 2 });
    executor.endsOnAbort = random() < 0.5;
    const jobs: BatchJob[] = [];
    const pick = () => jobs[below(jobs.length)];
    let maxSlots = 2;
    const refuse = () => new Error('The disk is full.');

    const commands = [
      () => {
        const job = aJob(
          { ...(random() < 0.2 && { deadline: new Date(Date.parse(clock.now()) + 500).toISOString() }) },
          { callback_url: random() < 0.5 ? 'http://localhost/' : null },
        );
        jobs.push(job);
        // A journal that refuses may refuse it; then it was not accepted, and may come again.
        void runner.submit([job]).catch(() => undefined);
      },
      () => void runner.submit(jobs.slice(0, 3)).catch(() => undefined),
      () => void runner.cancel(jobs.filter(() => random() < 0.2).map(({ id }) => id)),
      () => executor.running()[0]?.end(),
      () =>
        executor
          .running()
          .at(-1)
          ?.end({ outcome: random() < 0.5 ? 'failed' : 'cancelled' }),
      () => {
        const slots = 1 + below(4);
        maxSlots = Math.max(maxSlots, slots);
        runner.setSlots(slots);
      },
      () => clock.advance(below(300)),
      () => journal.hold(),
      () => journal.release(1),
      () => journal.release(),
      () => journal.refuseWith(random() < 0.3 ? refuse() : null),
      () => void pick(),
    ];
    for (let step = 0; step < STEPS; step += 1) {
      commands[below(commands.length)]?.();
      if (random() < 0.5) await settled();
      expect(executor.running().length).toBeLessThanOrEqual(maxSlots);
    }

    journal.refuseWith(null);
    journal.release();
    executor.isAutomatic = true;
    for (const run of executor.running()) run.end();
    clock.advance(JOURNAL_RETRY_MS);
    await runner.idle();

    const { log } = journal.disk;
    expect(told.map(({ seq }) => seq)).toEqual(log.map(({ seq }) => seq));
    for (const [id, { job }] of journal.disk.jobs) {
      const events = log.filter((event) => event.jobId === id);
      expect(isTerminal(job.status)).toBe(true);
      expect(events.filter(({ type }) => type === 'submitted')).toHaveLength(1);
      expect(events.filter(({ type }) => type === 'ended')).toHaveLength(1);
      expect(events.filter(({ job }) => !isJob(job))).toEqual([]);
      for (const [index, { type, job }] of events.entries()) {
        const earlier = events[index - 1]?.job.status ?? 'created';
        expect(type === 'callback-recorded' ? job.status === earlier : mayFollow(earlier, job.status)).toBe(
          true,
        );
      }
    }
    expect(runner.status()).toMatchObject({ running: 0, pending: 0, callbacksDue: 0, problem: null });
  });
});
