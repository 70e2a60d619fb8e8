import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import type { Delivery } from '#shared/callback/delivery.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { newJob } from '#shared/job/new-job.ts';
import { seededRandom } from '../../fakes/sample-jobs.ts';
import { temporaryDirectory } from '../runner/harness.ts';
import { type SeenPost, startFaultyReceivers } from './faulty-receivers.ts';

const DELIVERIES = 1000;
const KILLS = 8;
const RECEIVERS = 8;
/** Up to how long after its first callbacks an application is killed. */
const LIFE_MS = 1500;

/**
 * Each round an application gets its share of the jobs, and is killed in the middle of sending; the last one may come
 * to its end. The receivers are in this process and see everything that was ever sent.
 */
it('a thousand callbacks over eight kills and receivers that fail come at least once, each always the same', async () => {
  const random = seededRandom(7);
  const directory = temporaryDirectory();
  const receivers = await startFaultyReceivers(RECEIVERS, random);
  const jobs = Array.from({ length: DELIVERIES }, (_, index) => jobTo(receivers.urls[index % RECEIVERS]));
  let metAtWork = 0;
  for (let round = 1; round <= KILLS; round += 1) {
    const share = jobs.slice(0, Math.floor((round * DELIVERIES) / (KILLS + 1)));
    const application = startApplication(directory, 'until-killed', share);
    await receivers.came(receivers.posts.length + 20);
    // Not to wait for something: the moment is what is tried.
    await new Promise((resolve) => setTimeout(resolve, random() * LIFE_MS));
    if (receivers.open() > 0) metAtWork += 1;
    application.kill('SIGKILL');
    await once(application, 'exit');
  }
  receivers.calm();
  const last = startApplication(directory, 'until-settled', jobs);
  const [said, [code]] = await Promise.all([text(last.stdout as NodeJS.ReadableStream), once(last, 'exit')]);
  expect(code).toBe(0);
  const deliveries = said
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Told);
  expect(wrongWith(jobs, deliveries, receivers.posts)).toEqual([]);
  expect(metAtWork).toBeGreaterThan(KILLS / 2);
}, 300_000);

type Told = Pick<Delivery, 'id' | 'jobId' | 'state' | 'attemptCount'>;

/** Each a sentence. */
function wrongWith(
  jobs: readonly BatchJob[],
  deliveries: readonly Told[],
  posts: readonly SeenPost[],
): string[] {
  const wrong: string[] = [];
  const ofJob = Map.groupBy(deliveries, ({ jobId }) => jobId);
  const postsOf = Map.groupBy(posts, ({ id }) => id);
  for (const { id: jobId } of jobs) {
    const [delivery, ...others] = ofJob.get(jobId) ?? [];
    if (delivery === undefined || others.length > 0) {
      wrong.push(`${jobId} has ${others.length + (delivery ? 1 : 0)} deliveries.`);
      continue;
    }
    const { id, state, attemptCount } = delivery;
    const own = postsOf.get(id) ?? [];
    if (state !== 'delivered') wrong.push(`${id} is ${state}.`);
    if (!own.some(({ isTaken }) => isTaken)) wrong.push(`${id} was never taken, in ${own.length} posts.`);
    // What a kill broke off was no attempt of the record, and came all the same.
    if (own.length < attemptCount)
      wrong.push(`${id} says ${attemptCount} attempts, and came ${own.length} times.`);
    if (own.some(({ body }) => !body.equals(own[0]?.body ?? Buffer.alloc(0))))
      wrong.push(`${id} had two bodies.`);
    if (own.some(({ body }) => JSON.parse(body.toString()).job_id !== jobId))
      wrong.push(`${id} was of another job.`);
  }
  const known = new Set<string>(deliveries.map(({ id }) => id));
  for (const id of postsOf.keys()) if (!known.has(id)) wrong.push(`${id} came, and is known to nobody.`);
  return wrong;
}

/** It ends at once, without a process. */
function jobTo(url: string | undefined): BatchJob {
  const origin = { now: new Date().toISOString(), uuid: randomUUID, by: null };
  return newJob({ name: 'Has nothing to run' }, origin, { callbackUrl: url ?? null });
}

function startApplication(directory: string, until: string, jobs: readonly BatchJob[]): ChildProcess {
  const program = join(import.meta.dirname, 'callback-application.ts');
  const args = ['--disable-warning=ExperimentalWarning', program, directory, until];
  const application = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void application.kill('SIGKILL'));
  application.stdin?.on('error', () => {}); // it may be killed before it has read everything
  application.stdin?.end(JSON.stringify(jobs));
  if (until === 'until-killed') application.stdout?.resume();
  return application;
}
