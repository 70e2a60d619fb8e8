/** Kills the runner at every write of a life full of callbacks: none is forgotten, and each keeps its id and bytes. */
import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import { answeredWith, type FakePost, NO_ANSWER } from '../../../fakes/fake-callback-sender.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';
import { type Disk, emptyDisk } from '../../../fakes/memory-journal.ts';
import { aJob, createBench, type RunnerBench, settled } from '../../../fakes/runner-bench.ts';

const SETTINGS = { callbackScheduleMs: [0, 1000, 5000] };
const GONE = 'https://gone.example.org/';
const LOCAL = 'http://192.168.0.7/';
const ITEMS = 130;
const NEXT_LIFE = '2026-11-01T09:00:00.000Z';

interface Life {
  disk: Disk;
  accepted: BatchJob[];
  posts: FakePost[];
  items: RunnerBench['batches']['items'];
  hasCrashed: boolean;
}

/** What each receiver answers; in the first life, the first attempt at each message of `flaky` fails. */
function answerAll({ sender, clock }: RunnerBench): void {
  const isFirstLife = clock.now() < NEXT_LIFE;
  for (const post of sender.open()) {
    const isRepeat = sender.posts.some((other) => other !== post && other.id === post.id);
    if (post.url === GONE) post.answer(answeredWith(410));
    else if (post.url === LOCAL && !post.mayGoLocal) post.answer({ ...NO_ANSWER, outcome: 'local' });
    else if (post.url.includes('flaky') && isFirstLife && !isRepeat) post.answer(answeredWith(503));
    else if (post.url.includes('down')) post.answer(NO_ANSWER);
    else post.answer();
  }
}

async function pass(bench: RunnerBench, ms: number): Promise<void> {
  await settled();
  answerAll(bench);
  await settled();
  bench.clock.advance(ms);
  await settled();
}

async function live(appends: number): Promise<Life> {
  const disk = emptyDisk();
  const bench = createBench({ disk, clock: createFakeClock(), slots: 10, callbackSettings: SETTINGS });
  const { runner, journal, batches, executor, sender, deliveries } = bench;
  executor.isAutomatic = true;
  sender.automatic = null;
  journal.crashAfter(appends);
  const accepted: BatchJob[] = [];
  const urls = [
    'https://good.example.org/',
    'https://flaky.example.org/',
    'https://down.example.org/',
    GONE,
    GONE,
    LOCAL,
  ];
  // Never awaited: after the crash it has no answer.
  void (async () => {
    await runner.start();
    for (const callback_url of urls) {
      const job = aJob({}, { callback_url });
      await runner.submit([job]);
      accepted.push(job);
      await pass(bench, 100);
    }
    const batch = aJob(
      { items: { values: [] } },
      { callback_url: 'https://flaky.example.org/', job_type: 'batch' },
    );
    await runner.submit([batch]);
    accepted.push(batch);
    await settled();
    for (let index = 0; index < ITEMS; index += 1) endItem(bench, batch, index);
    for (let second = 0; second < 3; second += 1) await pass(bench, 1000);
    for (let index = ITEMS; index < ITEMS + 5; index += 1) endItem(bench, batch, index);
    // It may have been cut off before it was started.
    batches.runs.at(-1)?.end();
    await pass(bench, 100);
    const [good, , down] = accepted;
    if (good === undefined || down === undefined) return;
    const again = {
      jobId: good.id,
      job: null,
      deliveryId: deliveries.ofJob(good.id)[0]?.id ?? null,
      url: null,
    };
    await runner.callbacks.send([again, { ...again, url: 'https://other.example.org/' }]);
    await pass(bench, 1000);
    await runner.callbacks.allow(['http://192.168.0.7']);
    await pass(bench, 1000);
    await runner.callbacks.stop(deliveries.ofJob(down.id).map(({ id }) => id));
    await pass(bench, 10_000);
  })();
  for (let turn = 0; turn < 80; turn += 1) await settled();
  return { disk, accepted, posts: sender.posts, items: batches.items, hasCrashed: journal.hasCrashed };
}

function endItem({ batches, journal }: RunnerBench, { id }: BatchJob, index: number): void {
  if (journal.hasCrashed) return;
  journal.disk.deliveries.untold.push({ jobId: id, index });
  batches.endItem(id, {
    ...{ index, item: null, status: 'completed', attempts: 1, duration_ns: 1, ttft_ns: null },
    ...{ result: null, error: null },
  });
}

/** The next start; without a number it goes to its end. */
async function goOn(life: Life, appends = Number.POSITIVE_INFINITY): Promise<boolean> {
  const clock = createFakeClock(NEXT_LIFE);
  const bench = createBench({ disk: life.disk, clock, slots: 10, callbackSettings: SETTINGS });
  bench.executor.isAutomatic = true;
  bench.batches.isAutomatic = true;
  bench.batches.items = life.items;
  bench.sender.automatic = null;
  bench.journal.crashAfter(appends);
  void bench.runner.start();
  for (let turn = 0; turn < 30; turn += 1) await pass(bench, 6000);
  life.posts.push(...bench.sender.posts);
  if (bench.journal.hasCrashed) return true;
  await bench.runner.idle();
  await bench.runner.callbacks.settled();
  return false;
}

function expectNothingForgotten({ disk, accepted, posts, items }: Life): void {
  const kept = [...disk.deliveries.deliveries.values()];
  const sentTo = new Map(posts.map((post) => [post.id, post]));
  for (const { delivery, body } of kept) {
    expect(['delivered', 'abandoned', 'stopped', 'held']).toContain(delivery.state);
    if (delivery.state === 'delivered') expect(sentTo.has(delivery.id)).toBe(true);
    if (delivery.state === 'held') expect(delivery.url).toBe(LOCAL);
    if (delivery.url.includes('good') || delivery.url.includes('flaky'))
      expect(delivery.state).toBe('delivered');
    // The same bytes to the same place, with each attempt.
    const sent = posts.filter(({ id }) => id === delivery.id).map((post) => `${post.url} ${post.body}`);
    expect(new Set([...sent, `${delivery.url} ${body}`]).size).toBe(1);
  }
  const ids = new Set(kept.map(({ delivery }) => delivery.id));
  expect(posts.filter(({ id }) => !ids.has(id))).toEqual([]);
  for (const { id, callback_url: url } of accepted) {
    expect(isTerminal(disk.jobs.get(id)?.job.status ?? 'created')).toBe(true);
    const ends = kept.filter(({ delivery }) => delivery.jobId === id && delivery.type !== 'batch.items');
    expect(ends.filter(({ delivery }) => delivery.url === url)).toHaveLength(1);
  }
  expect(disk.deliveries.untold).toEqual([]);
  const told = kept
    .filter(({ delivery }) => delivery.type === 'batch.items')
    .flatMap(({ body }) => (JSON.parse(body).items as { index: number }[]).map(({ index }) => index));
  expect(told.sort((one, other) => one - other)).toEqual([...items.values()].map(({ index }) => index));
  for (const [index, { type, job, jobId }] of disk.log.entries()) {
    if (type !== 'callback-recorded') continue;
    const before = disk.log.slice(0, index).findLast((event) => event.jobId === jobId);
    expect(job.status).toBe(before?.job.status);
  }
}

describe('a crash in a life full of callbacks', () => {
  it('after any write forgets none, and sends each with the same id and the same bytes', async () => {
    let appends = 1;
    for (; ; appends += 1) {
      const life = await live(appends);
      await goOn(life);
      expectNothingForgotten(life);
      if (!life.hasCrashed) break;
    }
    expect(appends).toBeGreaterThan(40);
  });

  it('after any write of the next start does not either', async () => {
    for (let appends = 3; (await live(appends)).hasCrashed; appends += 7) {
      for (let later = 1; ; later += 2) {
        const life = await live(appends);
        const hasCrashedAgain = await goOn(life, later);
        await goOn(life);
        expectNothingForgotten(life);
        if (!hasCrashedAgain) break;
      }
    }
  });
});
