/**
 * An application without a window over a data directory: takes up what is there, submits what its history does not
 * have, and says how far it is. What should never be is written to the file `wrong`.
 * Usage: application.ts DIRECTORY until-killed|until-idle
 */
import { appendFileSync, existsSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import type { SnapshotPage } from '#shared/contract/outbox.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { isActive } from '#shared/job/lifecycle.ts';
import { startNodeSpawnHelper } from '../../../src-main/adapters/process/node-spawn-helper.ts';
import { openWorkspace } from '../../../src-main/adapters/workspace.ts';
import { openHistory } from './history.ts';
import type { LoadedJob } from './mixed-load.ts';

const [directory = '.', until] = process.argv.slice(2);
const file = (name: string) => join(directory, name);
const wrong = (sentence: string) => appendFileSync(file('wrong'), `${sentence}\n`);
const say = (word: string) => writeSync(1, `${word}\n`);
const load = JSON.parse(readFileSync(file('load'), 'utf8')) as LoadedJob[];
const acceptedBefore = new Set(
  existsSync(file('accepted')) ? readFileSync(file('accepted'), 'utf8').split('\n') : [],
);

say('opening');
const workspace = await openWorkspace({
  dataDirectory: file('data'),
  slots: 4,
  inBackground: () => true,
  startSpawnHelper: () => startNodeSpawnHelper(),
  version: '0.0.0',
});
const { runner } = workspace;
const history = openHistory(file('history'));

for (const { job } of load) {
  if (!acceptedBefore.has(job.id) || history.has(job.id)) continue;
  if (workspace.findJob(job.id) === undefined) wrong(`${job.id} was accepted and is lost.`);
}
const headBefore = runner.outbox.snapshot(null, 1).head;
await runner.start();
for (const { seq, job } of stored()) {
  if (job.status !== 'running' || seq > headBefore) continue;
  wrong(`${job.id} is shown as running since before the start, and nothing runs it.`);
}

runner.saveQueue({ name: 'narrow', slots: 1, mode: 'open' });
runner.onEvents((events) => {
  consume();
  if (events.some(({ type }) => type === 'ended')) say('busy');
});
const fresh = load.filter(({ job }) => !history.has(job.id));
const known = history.ended().map(({ id, status }) => ({ id, status }));
say('submitting');
const { accepted, refused } = await runner.submit(
  fresh.map(({ job }) => job),
  known,
);
appendFileSync(file('accepted'), `\n${accepted.join('\n')}\n`);
for (const { id, error } of refused) wrong(`${id} was refused: ${error.message}`);
say('working');
void runner.cancel(fresh.filter(({ isCancelled }) => isCancelled).map(({ job }) => job.id));

if (until === 'until-idle') {
  await runner.idle();
  consume();
  for (const { job } of stored()) if (isActive(job.status)) wrong(`${job.id} is ${job.status} in the end.`);
  await workspace.close();
} else {
  setInterval(() => {}, 60_000);
}

function consume(): void {
  try {
    history.consume(runner.outbox);
  } catch (error) {
    wrong(String(error));
  }
}

/** Every job that the journal has. */
function stored(): SnapshotPage['jobs'] {
  const found: SnapshotPage['jobs'] = [];
  let after: JobId | null = null;
  for (;;) {
    const page: SnapshotPage = runner.outbox.snapshot(after, MAX_PAGE);
    found.push(...page.jobs);
    if (page.next === null) return found;
    after = page.next;
  }
}
