/** Whatever is asked for in whatever order: the lifecycle table holds, slots are kept, nothing gets stuck. */
import { describe, expect, it } from 'vitest';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { isActive, isTerminal, mayFollow } from '#shared/job/lifecycle.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { JOURNAL_RETRY_MS } from '../../../src-main/core/ledger.ts';
import type { AttemptReport } from '../../../src-main/core/ports.ts';
import { aJob, type RunnerBench, settled, startBench } from '../../fakes/runner-bench.ts';
import { seededRandom } from '../../fakes/sample-jobs.ts';

const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);
const STEPS = 80;
const QUEUES = ['default', 'gpu', 'night'] as const;
const GPU_SLOTS = 1;

interface Dice {
  below(count: number): number;
  chance(probability: number): boolean;
  pick<T>(values: readonly T[]): T | undefined;
}

function diceOf(seed: number): Dice {
  const random = seededRandom(seed);
  const below = (count: number) => Math.floor(random() * count);
  return {
    below,
    chance: (probability) => random() < probability,
    pick: (values) => values[below(values.length)],
  };
}

function aRequest({ below, chance, pick }: Dice, now: string, jobs: readonly BatchJob[]): JobdeckRequest {
  const inMs = (ms: number) => new Date(Date.parse(now) + ms).toISOString();
  const other = pick(jobs);
  return {
    queue: pick(QUEUES) ?? 'default',
    priority: below(3),
    ...(chance(0.2) && { deadline: inMs(500) }),
    ...(chance(0.1) && { not_before: inMs(below(1000)) }),
    ...(chance(0.2) && other && { after: [other.id] }),
    ...(chance(0.5) && { after_condition: 'ended' as const }),
    ...(chance(0.2) && { dedup_key: `key ${below(2)}` }),
    ...(chance(0.7) && { on_duplicate: 'join' as const }),
    ...(chance(0.3) && { retry: { max_attempts: 3, backoff_ms: below(500) } }),
    ...(chance(0.1) && { schedule: { cron: 'every 1', remaining: 1 + below(3) } }),
    ...(chance(0.1) && { items: { values: [1, 2, 3] } }),
    ...(chance(0.1) && { task: { kind: 'http' as const, url: 'http://localhost/' } }),
  };
}

const FAILED: Partial<AttemptReport> = {
  outcome: 'failed',
  error: { code: 'timeout', message: 'Too slow.' },
};

/** Everything that can be asked for, and everything that can happen. */
function commandsOf(
  bench: RunnerBench,
  dice: Dice,
  jobs: BatchJob[],
  slots: { max: number },
  submissions: Promise<unknown>[],
): (() => void)[] {
  const { runner, executor, batches, journal, clock } = bench;
  const submit = (some: readonly BatchJob[]) => {
    submissions.push(runner.submit(some).catch(() => undefined));
  };
  const { below, chance, pick } = dice;
  const some = () => jobs.filter(() => chance(0.2)).map(({ id }) => id);
  return [
    () => {
      const callback = { callback_url: chance(0.5) ? 'http://localhost/' : null };
      const job = aJob(aRequest(dice, clock.now(), jobs), callback);
      jobs.push(job);
      // A journal that refuses may refuse it; then it was not accepted, and may come again.
      submit([job]);
    },
    () => {
      // Of what has ended and was acknowledged the runner knows nothing any more.
      const isGone = ({ id }: BatchJob) =>
        journal.disk.log.some(({ jobId }) => jobId === id) && !journal.find(id);
      submit(jobs.slice(0, 3).filter((job) => !isGone(job)));
    },
    () => void runner.cancel(some()),
    () => executor.running()[0]?.end(),
    () =>
      executor
        .running()
        .at(-1)
        ?.end(chance(0.5) ? FAILED : { outcome: 'cancelled' }),
    () => pick(batches.runs)?.end(chance(0.5) ? FAILED : {}),
    () => {
      const wanted = 1 + below(4);
      slots.max = Math.max(slots.max, wanted);
      runner.setSlots(wanted);
    },
    () => clock.advance(below(600)),
    () => {
      clock.sleep(below(2000));
      runner.wake();
    },
    () => journal.hold(),
    () => journal.release(1),
    () => journal.release(),
    () => journal.refuseWith(chance(0.3) ? new Error('The disk is full.') : null),
    () =>
      runner.saveQueue({ name: 'night', slots: null, mode: pick(['open', 'paused', 'draining']) ?? 'open' }),
    () => runner.hold(chance(0.5) ? 'network' : 'battery', chance(0.5) ? 'Not now.' : null),
    () => {
      const [moved, before] = [pick(jobs), pick(jobs)];
      if (moved) void runner.move(moved.id, before ? { before: before.id } : 'last').catch(() => undefined);
    },
    () => void runner.suspend(some()),
    () => void runner.resume(some()),
    () => void runner.progress(some()),
    () => {
      const { journalId } = journal;
      if (chance(0.2)) runner.outbox.acknowledge({ journalId, seq: journal.head() });
    },
  ];
}

/** Lets everything that is left come to its end. */
async function comeToRest(
  { runner, executor, batches, journal, clock }: RunnerBench,
  submissions: readonly Promise<unknown>[],
): Promise<void> {
  journal.refuseWith(null);
  journal.release();
  executor.isAutomatic = true;
  batches.isAutomatic = true;
  for (const reason of ['network', 'battery'] as const) runner.hold(reason, null);
  runner.saveQueue({ name: 'night', slots: null, mode: 'open' });
  let isIdle = false;
  void Promise.all(submissions)
    .then(() => runner.idle())
    .then(() => {
      isIdle = true;
    });
  for (let turn = 0; turn < 100 && !isIdle; turn += 1) {
    for (const run of executor.running()) run.end();
    for (const run of batches.runs) run.end();
    clock.advance(JOURNAL_RETRY_MS);
    await settled();
  }
  expect(isIdle).toBe(true);
  // What the journal refused last is no problem any more after a while.
  clock.advance(JOURNAL_RETRY_MS);
  await settled();
}

function expectOneLife({ journal }: RunnerBench, id: JobId): void {
  const events = journal.disk.log.filter((event) => event.jobId === id);
  expect(isTerminal(events.at(-1)?.job.status ?? 'created')).toBe(true);
  expect(events.filter(({ type }) => type === 'submitted')).toHaveLength(1);
  expect(events.filter(({ type }) => type === 'ended')).toHaveLength(1);
  expect(events.filter(({ job }) => !isJob(job))).toEqual([]);
  for (const [index, { type, job }] of events.entries()) {
    const earlier = events[index - 1]?.job.status ?? 'created';
    const isSame = type === 'callback-recorded' || type === 'updated';
    expect(isSame ? job.status === earlier : mayFollow(earlier, job.status)).toBe(true);
  }
}

/** A job that others wait for has ended, as their records say, before they start. */
function expectDependencies({ journal: { disk } }: RunnerBench): void {
  for (const [index, { type, job }] of disk.log.entries()) {
    const { after = [], after_condition } = jobdeckOf(job) ?? {};
    if (type !== 'started' || jobdeckOf(job)?.joined !== undefined) continue;
    for (const id of after) {
      const end = disk.log.findIndex((event) => event.jobId === id && event.type === 'ended');
      expect(end).toBeLessThan(index);
      if (after_condition !== 'ended') expect(disk.log[end]?.job.status).toBe('completed');
    }
  }
}

/** At no time do two active jobs have a key in common, but for the runs of one schedule. */
function expectKeys({ journal: { disk } }: RunnerBench): void {
  const active = new Map<JobId, BatchJob>();
  for (const { jobId, job } of disk.log) {
    if (isActive(job.status) && jobdeckOf(job)?.joined === undefined) active.set(jobId, job);
    else active.delete(jobId);
    const key = jobdeckOf(job)?.dedup_key;
    if (key == null) continue;
    const holders = [...active.values()].filter((other) => jobdeckOf(other)?.dedup_key === key);
    const chains = holders.map((other) => jobdeckOf(other)?.schedule?.origin ?? other.id);
    expect(new Set(chains).size).toBeLessThanOrEqual(1);
  }
}

describe('a runner under random commands', () => {
  it.each(SEEDS)('keeps to the lifecycle, its slots and its word (seed %i)', async (seed) => {
    const dice = diceOf(seed);
    const slots = { max: 2 };
    const bench = await startBench({ slots: slots.max });
    const { runner, executor, journal, told } = bench;
    executor.endsOnAbort = dice.chance(0.5);
    runner.saveQueue({ name: 'gpu', slots: GPU_SLOTS, mode: 'open' });
    const jobs: BatchJob[] = [];
    const submissions: Promise<unknown>[] = [];
    const commands = commandsOf(bench, dice, jobs, slots, submissions);
    const queueOf = (id: JobId) => jobdeckOf(bench.stored(id))?.queue;

    for (let step = 0; step < STEPS; step += 1) {
      dice.pick(commands)?.();
      if (dice.chance(0.5)) await settled();
      const running = executor.running();
      expect(running.length).toBeLessThanOrEqual(slots.max);
      expect(running.filter(({ spec }) => queueOf(spec.jobId) === 'gpu').length).toBeLessThanOrEqual(
        GPU_SLOTS,
      );
    }
    await comeToRest(bench, submissions);

    expect(told.map(({ seq }) => seq)).toEqual(journal.disk.log.map(({ seq }) => seq));
    for (const id of new Set(journal.disk.log.map(({ jobId }) => jobId))) expectOneLife(bench, id);
    expectDependencies(bench);
    expectKeys(bench);
    expect(runner.status()).toMatchObject({
      running: 0,
      pending: 0,
      callbacksDue: 0,
      problem: null,
      holds: [],
    });
  });
});
