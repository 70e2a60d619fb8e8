/** Who is sent to next: limits, order, and that no host delays another. */
import { describe, expect, it } from 'vitest';
import type { JobId } from '#shared/job/job-id.ts';
import { MAX_GATHER_MS } from '../../../../src-main/core/callbacks/gathering.ts';
import { PAGE_LENGTH } from '../../../../src-main/core/callbacks/host-line.ts';
import { SLOW_MS } from '../../../../src-main/core/callbacks/host-pace.ts';
import { answeredWith, NO_ANSWER } from '../../../fakes/fake-callback-sender.ts';
import { aJob } from '../../../fakes/runner-bench.ts';
import { settled } from '../../../fakes/settled.ts';
import {
  answerOpen,
  deliveryOf,
  endJob,
  endJobs,
  openByHost,
  openPost,
  pass,
  startCallbackBench,
  URL_A,
  URL_B,
} from './support.ts';

const hostOf = (url: string) => new URL(url).host;

describe('callbacks', () => {
  it('to a host are one, then more at a time, up to what is set for a host', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbacksPerHost: 3 } });
    await endJobs(bench, 20);
    const counts = [];
    for (let round = 0; round < 4; round += 1) {
      counts.push(bench.sender.open().length);
      await answerOpen(bench);
    }
    expect(counts).toEqual([1, 2, 3, 3]);
  });

  it('to many hosts are at most as many at a time as is set', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbacksAtATime: 5 } });
    for (let host = 0; host < 12; host += 1) await endJobs(bench, 2, `https://h${host}.example.org/`);
    expect(bench.sender.open()).toHaveLength(5);
    bench.settings.callbacksAtATime = 7;
    bench.runner.callbacks.look();
    expect(bench.sender.open()).toHaveLength(7);
    bench.settings.callbacksAtATime = 1;
    const [first] = bench.sender.open();
    first?.answer();
    await settled();
    expect(bench.sender.open()).toHaveLength(6);
  });

  it('are all sent, however many more there are than are in memory', async () => {
    const bench = await startCallbackBench();
    bench.sender.automatic = {};
    const count = PAGE_LENGTH * 5 + 7;
    const jobs = await endJobs(bench, count);
    await bench.runner.callbacks.settled();
    expect(bench.sender.posts.map(({ message }) => message.job_id).sort()).toEqual(
      jobs.map(({ id }) => id).sort(),
    );
  });

  it('to one host are read by the page, not one by one', async () => {
    const bench = await startCallbackBench();
    bench.runner.hold('network', 'Not yet.');
    await endJobs(bench, PAGE_LENGTH * 4);
    let reads = 0;
    const { sendable } = bench.deliveries;
    bench.deliveries.sendable = (...request) => {
      reads += 1;
      return sendable(...request);
    };
    bench.sender.automatic = {};
    bench.runner.hold('network', null);
    await bench.runner.callbacks.settled();
    expect(bench.sender.posts).toHaveLength(PAGE_LENGTH * 4);
    expect(reads).toBeLessThan(PAGE_LENGTH);
  });

  it('of other hosts go past one that has many waiting, in turns', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbacksAtATime: 1 } });
    await endJobs(bench, 50, URL_A);
    await endJobs(bench, 2, URL_B);
    await endJobs(bench, 2, 'https://c.example.org/done');
    for (let round = 0; round < 6; round += 1) await answerOpen(bench);
    const hosts = bench.sender.posts.slice(0, 7).map(({ url }) => hostOf(url)[0]);
    expect(hosts.filter((host) => host === 'b')).toHaveLength(2);
    expect(hosts.filter((host) => host === 'c')).toHaveLength(2);
  });

  it('to a fast host are not delayed by hosts that never answer, however many of those there are', async () => {
    const bench = await startCallbackBench({
      callbackSettings: { callbacksAtATime: 8, callbacksPerHost: 4 },
    });
    for (let host = 0; host < 10; host += 1) await endJobs(bench, 20, `https://slow${host}.example.org/`);
    const late = { ...NO_ANSWER, durationMs: 15_000 };
    // All that is known of them is that they are slow.
    for (let round = 0; round < 12; round += 1) await answerOpen(bench, late);
    expect(bench.sender.open().length).toBeLessThanOrEqual(4);
    await endJobs(bench, 3, URL_B);
    const answered = async () => {
      const post = bench.sender.open().find(({ url }) => url === URL_B);
      post?.answer();
      await settled();
      return post !== undefined;
    };
    expect([await answered(), await answered(), await answered()]).toEqual([true, true, true]);
  });

  it('leave a part of what is sent at a time to hosts to which nothing is on its way', async () => {
    const bench = await startCallbackBench({
      callbackSettings: { callbacksAtATime: 8, callbacksPerHost: 8 },
    });
    await endJobs(bench, 60, URL_A);
    for (let round = 0; round < 5; round += 1) await answerOpen(bench);
    expect(openByHost(bench)).toEqual({ 'a.example.org': 7 });
    await endJob(bench, URL_B);
    expect(openByHost(bench)).toEqual({ 'a.example.org': 7, 'b.example.org': 1 });
  });

  it('that take long count a host as slow from then on, and no longer once it is fast', async () => {
    const bench = await startCallbackBench({
      callbackSettings: { callbacksAtATime: 4, callbacksPerHost: 4 },
    });
    await endJobs(bench, 40, URL_A);
    for (let round = 0; round < 4; round += 1) await answerOpen(bench, { durationMs: SLOW_MS + 1 });
    expect(bench.sender.open()).toHaveLength(2);
    await answerOpen(bench, { durationMs: 5 });
    expect(bench.sender.open()).toHaveLength(4);
  });

  it('to a host that is too busy wait until it has rested, and to other hosts go on', async () => {
    const bench = await startCallbackBench();
    await endJobs(bench, 5, URL_A);
    await answerOpen(bench, answeredWith(429, { retryAfterMs: 20_000 }));
    await endJobs(bench, 1, URL_B);
    expect(openByHost(bench)).toEqual({ 'b.example.org': 1 });
    await answerOpen(bench);
    await pass(bench, 19_999);
    expect(openByHost(bench)).toEqual({});
    await pass(bench, 1);
    expect(openByHost(bench)).toEqual({ 'a.example.org': 1 });
  });

  it('of one job to one URL go in order: the second only AFTER the first was delivered or given up', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbackScheduleMs: [0, 1000] } });
    const { runner, sender, deliveries } = bench;
    const job = await endJob(bench);
    await runner.callbacks.send([{ jobId: job.id, job: null, deliveryId: null, url: null }]);
    expect(deliveries.ofJob(job.id)).toHaveLength(2);
    const [first, second] = deliveries.ofJob(job.id).map(({ id }) => id);
    expect(openPost(bench).id).toBe(first);
    await answerOpen(bench, NO_ANSWER);
    expect(sender.open()).toEqual([]);
    await pass(bench, 1100);
    expect(openPost(bench).id).toBe(first);
    await answerOpen(bench, NO_ANSWER);
    expect(openPost(bench).id).toBe(second);
  });

  it('of different jobs to one URL do not wait for each other', async () => {
    const bench = await startCallbackBench();
    const [one, other] = await endJobs(bench, 2);
    await answerOpen(bench, NO_ANSWER);
    expect(openPost(bench).message.job_id).toBe(other?.id);
    expect(bench.sender.posts[0]?.message.job_id).toBe(one?.id);
  });

  it('that are to be tried again are not passed over where what is due is read before their attempt is over', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbackScheduleMs: [0, 5000] } });
    const { runner, executor, journal, sender } = bench;
    executor.isAutomatic = false;
    const running = aJob({}, { callback_url: URL_A });
    await runner.submit([running]);
    await settled();
    executor.isAutomatic = true;
    const [failing] = await endJobs(bench, 1);
    journal.hold();
    await answerOpen(bench, NO_ANSWER);
    // Its end is in the commit that says when the other is tried again.
    executor.runOf(running.id).end();
    await settled();
    sender.automatic = {};
    journal.release();
    await settled();
    await pass(bench, 6000);
    expect([failing?.id, running.id].map((id) => deliveryOf(bench, id as JobId).state)).toEqual([
      'delivered',
      'delivered',
    ]);
  });

  it('wait while the journal refuses what was sent before them', async () => {
    const bench = await startCallbackBench();
    await endJobs(bench, 10);
    bench.journal.refuseWith(new Error('The disk is full.'));
    // The next ones begin before it is known.
    for (let round = 0; round < 3; round += 1) {
      await answerOpen(bench);
      await pass(bench, MAX_GATHER_MS);
    }
    const { length } = bench.sender.posts;
    expect(length).toBeLessThan(10);
    await pass(bench, 1900);
    expect(bench.sender.posts).toHaveLength(length);
    bench.journal.refuseWith(null);
    await pass(bench, 2000);
    expect(bench.sender.open().length).toBeGreaterThan(0);
    bench.sender.automatic = {};
    await answerOpen(bench);
    await bench.runner.callbacks.settled();
    expect(new Set(bench.sender.posts.map(({ id }) => id)).size).toBe(10);
  });

  it('that the store can not give leave the rest of the runner alone, and the status says so', async () => {
    const bench = await startCallbackBench();
    bench.deliveries.body = () => {
      throw new Error('The database is damaged.');
    };
    const job = await endJob(bench);
    await pass(bench, 60_000);
    expect(bench.sender.posts).toEqual([]);
    expect(bench.stored(job.id).status).toBe('completed');
    expect(bench.runner.status().problem).toContain('The database is damaged.');
    await bench.runner.idle();
  });
});
