/** A runner whose jobs end at once, for looking at what becomes of their callbacks. */
import type { Delivery } from '#shared/callback/delivery.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { FakePost } from '../../../fakes/fake-callback-sender.ts';
import {
  aJob,
  type BenchOptions,
  createBench,
  type RunnerBench,
  settled,
} from '../../../fakes/runner-bench.ts';

export const URL_A = 'https://a.example.org/done';
export const URL_B = 'https://b.example.org/done';

/** Started, with jobs that end at once and posts that wait to be answered. */
export async function startCallbackBench(options: BenchOptions = {}): Promise<RunnerBench> {
  const bench = createBench({ slots: 100, ...options });
  bench.executor.isAutomatic = true;
  bench.sender.automatic = null;
  await bench.runner.start();
  return bench;
}

/** Jobs that have ended, each with a callback that is due. */
export async function endJobs(bench: RunnerBench, count: number, url = URL_A): Promise<BatchJob[]> {
  const jobs = Array.from({ length: count }, () => aJob({}, { callback_url: url }));
  await bench.runner.submit(jobs);
  await settled();
  return jobs.map(({ id }) => bench.stored(id));
}

export async function endJob(bench: RunnerBench, url = URL_A): Promise<BatchJob> {
  const [job] = await endJobs(bench, 1, url);
  if (job === undefined) throw new Error('Expected a job.');
  return job;
}

/** The one delivery of a job. */
export function deliveryOf({ deliveries }: RunnerBench, id: JobId): Delivery {
  const [delivery, ...others] = deliveries.ofJob(id);
  if (delivery === undefined || others.length > 0) {
    throw new Error(`Expected ${id} to have one delivery, got ${others.length + (delivery ? 1 : 0)}.`);
  }
  return delivery;
}

/** The post that is on its way. */
export function openPost({ sender }: RunnerBench): FakePost {
  const [post, ...others] = sender.open();
  if (post === undefined || others.length > 0) {
    throw new Error(`Expected one post to be on its way, got ${sender.open().length}.`);
  }
  return post;
}

/** Answers what is on its way, and what that makes go. */
export async function answerOpen({ sender }: RunnerBench, ...[report]: Parameters<FakePost['answer']>) {
  for (const post of sender.open()) post.answer(report);
  await settled();
}

export async function pass({ clock }: RunnerBench, ms: number): Promise<void> {
  clock.advance(ms);
  await settled();
}

/** How many posts are on their way to each host. */
export function openByHost({ sender }: RunnerBench): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { url } of sender.open()) counts[new URL(url).host] = (counts[new URL(url).host] ?? 0) + 1;
  return counts;
}
