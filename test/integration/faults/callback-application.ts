/**
 * An application without a window that submits jobs with callbacks and sends those, until it is killed or all are over.
 * Then it says what became of each delivery, a JSON object a line.
 * Usage: callback-application.ts DIRECTORY until-killed|until-settled < jobs.json
 */
import { writeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { DeliveryId } from '#shared/callback/delivery.ts';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { callbackOriginsOf } from '../../../src-main/adapters/callback-origins.ts';
import { startNodeSpawnHelper } from '../../../src-main/adapters/process/node-spawn-helper.ts';
import { openWorkspace } from '../../../src-main/adapters/workspace.ts';

const [directory = '.', until] = process.argv.slice(2);
const say = (value: unknown) => writeSync(1, `${JSON.stringify(value)}\n`);
const jobs = JSON.parse(await text(process.stdin)) as BatchJob[];

const workspace = await openWorkspace({
  dataDirectory: directory,
  slots: 16,
  inBackground: () => true,
  startSpawnHelper: () => startNodeSpawnHelper(),
  version: '0.0.0',
  keepsEnded: true,
  // Often enough that none is given up.
  callbackSchedule: [0, ...Array.from({ length: 49 }, () => 100)],
});
const { runner, deliveries } = workspace;
await runner.callbacks.allow(callbackOriginsOf(jobs));
await runner.start();
say('started');
const { refused } = await runner.submit(jobs);
if (refused.length > 0) throw new Error(refused[0]?.error.message);
say('submitted');
if (until === 'until-settled') {
  await runner.idle();
  await runner.callbacks.settled();
  for (let before: DeliveryId | null = null; ; ) {
    const page = deliveries.page(null, before, MAX_PAGE);
    const last = page.at(-1);
    if (last === undefined) break;
    for (const { id, jobId, state, attemptCount } of page) say({ id, jobId, state, attemptCount });
    before = last.id;
  }
  await workspace.close();
} else {
  setInterval(() => {}, 60_000);
}
