/**
 * An application without a window that runs the jobs of its standard input and says each event, until it is
 * killed. Usage: run-until-killed.ts DIRECTORY < jobs.json
 */
import { writeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { callbackOriginsOf } from '../../../src-main/adapters/callback-origins.ts';
import { startNodeSpawnHelper } from '../../../src-main/adapters/process/node-spawn-helper.ts';
import { openWorkspace } from '../../../src-main/adapters/workspace.ts';

const { runner } = await openWorkspace({
  dataDirectory: process.argv[2] ?? '.',
  slots: 4,
  inBackground: () => true,
  startSpawnHelper: () => startNodeSpawnHelper(),
  version: '0.0.0',
});
runner.onEvents((events) => {
  for (const event of events) writeSync(1, `${JSON.stringify(event)}\n`);
});
await runner.start();
const jobs = JSON.parse(await text(process.stdin)) as BatchJob[];
await runner.callbacks.allow(callbackOriginsOf(jobs));
await runner.submit(jobs);
setInterval(() => {}, 60_000);
