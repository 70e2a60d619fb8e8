import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import type { JobId } from '#shared/job/job-id.ts';
import { startHttpServer } from '../../fakes/http-server.ts';
import { job, open, temporaryDirectory } from '../runner/harness.ts';

const JOBS = 10_000;
const SLOTS = 8;
/** Programs cost most of the time, so every hundredth is one; the others are requests. */
const isProgram = (index: number) => index % 100 === 0;
const priorityOf = (index: number) => index % 3;

it('ten thousand jobs at once run in the order of priority and submission, and each ends once', async ({
  annotate,
}) => {
  const server = await startHttpServer((response) => response.end('ok'));
  const workspace = await open(temporaryDirectory(), { slots: SLOTS });
  const { runner } = workspace;
  const started: JobId[] = [];
  const ended = new Map<JobId, string[]>();
  let mostAtOnce = 0;
  runner.onStatus(({ running }) => {
    mostAtOnce = Math.max(mostAtOnce, running);
  });
  runner.onEvents((events) => {
    for (const { type, jobId, job } of events) {
      if (type === 'started') started.push(jobId);
      if (type === 'ended') ended.set(jobId, [...(ended.get(jobId) ?? []), job.status]);
    }
  });
  const jobs = Array.from({ length: JOBS }, (_, index) =>
    job({
      priority: priorityOf(index),
      task: isProgram(index)
        ? { kind: 'command', program: 'true' }
        : { kind: 'http', url: `${server.origin}/${index}` },
    }),
  );
  await runner.start();
  runner.saveQueue({ name: 'default', slots: null, mode: 'paused' });

  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const { accepted, refused } = await runner.submit(jobs);
  expect([accepted.length, refused.length]).toEqual([JOBS, 0]);
  expect(runner.status()).toMatchObject({ pending: JOBS, running: 0 });
  runner.saveQueue({ name: 'default', slots: null, mode: 'open' });
  await runner.idle();
  delay.disable();

  const order = [2, 1, 0].flatMap((priority) =>
    jobs.filter((_, index) => priorityOf(index) === priority).map(({ id }) => id),
  );
  expect(started).toEqual(order);
  expect(ended.size).toBe(JOBS);
  for (const statuses of ended.values()) expect(statuses).toEqual(['completed']);
  expect(mostAtOnce).toBe(SLOTS);
  expect(new Set(server.requests.map(({ path }) => path)).size).toBe(server.requests.length);
  expect(server.requests).toHaveLength(jobs.filter((_, index) => !isProgram(index)).length);
  expect(runner.status()).toMatchObject({ pending: 0, running: 0, problem: null, holds: [] });

  const [p99, longest] = [delay.percentile(99), delay.max].map((ns) => Math.round(ns / 1e6));
  const residentMb = Math.round(process.memoryUsage().rss / 1e6);
  await annotate(`event loop held up ${p99} ms (99 %), ${longest} ms at most; ${residentMb} MB resident`);
}, 300_000);
