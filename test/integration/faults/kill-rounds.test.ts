import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import { seededRandom } from '../../fakes/sample-jobs.ts';
import { processesWith, until } from '../process/harness.ts';
import { open, temporaryDirectory } from '../runner/harness.ts';
import { openHistory } from './history.ts';
import { type LoadedJob, mixedLoad } from './mixed-load.ts';
import { verdictOn } from './verdict.ts';

const LANES = 2;
const ROUNDS = 50;
/** From where on it may be killed: most often while programs run. */
const MOMENTS = ['opening', 'submitting', 'working', 'busy', 'busy', 'busy', 'busy', 'busy'] as const;

/**
 * Two data directories side by side, each killed 50 times with new work each time: at a moment that the seed says,
 * while it opens, submits or works, alone or with its helper. Then each may come to its end.
 */
it('a hundred kills in the middle of a mixed load lose nothing, double nothing, and leave nothing running', async () => {
  const cache = temporaryDirectory();
  const lanes = Array.from({ length: LANES }, (_, lane) => endure(1000 * (lane + 1), cache));
  expect((await Promise.all(lanes)).flat()).toEqual([]);
}, 900_000);

async function endure(seed: number, cache: string): Promise<string[]> {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'marks'));
  const mark = `endure-${randomUUID()}`;
  const env = { ...process.env, NODE_COMPILE_CACHE: cache, JOBDECK_TEST_MARK: mark };
  const random = seededRandom(seed);
  const load: LoadedJob[] = [];
  const give = (jobs: readonly LoadedJob[]) => {
    load.push(...jobs);
    writeFileSync(join(directory, 'load'), JSON.stringify(load));
  };

  give([]);
  // Fills the cache, which what is killed never does.
  await ended(startApplication(directory, 'until-idle', env));
  for (let round = 0; round < ROUNDS; round += 1) {
    give(mixedLoad(directory, seed + round, new Date()));
    const application = startApplication(directory, 'until-killed', env);
    const from = MOMENTS[Math.floor(random() * MOMENTS.length)] ?? 'busy';
    await said(application, from);
    // Not to wait for something: the moment is what is tried.
    await new Promise((resolve) => setTimeout(resolve, random() * 150));
    kill(application, random() < 0.5);
    await ended(application);
  }
  await ended(startApplication(directory, 'until-idle', env));

  const { events } = openHistory(join(directory, 'history'));
  const workspace = await open(join(directory, 'data'));
  const items = (id: LoadedJob['job']['id']): ItemRecord[] => workspace.items.page(id, null, null, 1000);
  const wrong = verdictOn({ directory, load, events, items });
  if (!events.some(({ job }) => wasInterrupted(job))) wrong.push('No kill met a job that was running.');
  // A helper whose application was killed ends what it started, then itself.
  await until(() => !processesOf(directory, mark).some((left) => left.includes('spawn-helper')));
  wrong.push(...processesOf(directory, mark).map((left) => `Still there: ${left}`));
  const told = join(directory, 'wrong');
  return existsSync(told) ? [...readFileSync(told, 'utf8').split('\n').filter(Boolean), ...wrong] : wrong;
}

function startApplication(directory: string, mode: string, env: NodeJS.ProcessEnv): ChildProcess {
  const program = join(import.meta.dirname, 'application.ts');
  const application = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, directory, mode],
    {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
      // Leader of a group that its helper is in as well.
      detached: true,
    },
  );
  onTestFinished(() => kill(application, true));
  return application;
}

async function said({ stdout }: ChildProcess, word: string): Promise<void> {
  if (stdout === null) throw new Error('Expected the application to have an output.');
  for await (const line of createInterface({ input: stdout })) if (line === word) return;
  throw new Error(`Expected the application to say ${word} before its end.`);
}

function kill({ pid, exitCode }: ChildProcess, withItsHelper: boolean): void {
  if (pid === undefined || exitCode !== null) return;
  try {
    process.kill(withItsHelper ? -pid : pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

async function ended(application: ChildProcess): Promise<void> {
  if (application.exitCode === null && application.signalCode === null) await once(application, 'exit');
  if (application.signalCode === null && application.exitCode !== 0) {
    throw new Error(`Expected the application to end with 0, got ${application.exitCode}.`);
  }
}

const wasInterrupted = (job: BatchJob) => jobdeckOf(job)?.attempts?.at(-1)?.error?.code === 'interrupted';

/** Command lines of what the applications left: helpers, programs, and what those started. */
function processesOf(directory: string, mark: string): string[] {
  if (process.platform !== 'linux') return processesWith(directory).map((pid) => `process ${pid}`);
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const marked = pids.filter((pid) => procFile(pid, 'environ').includes(mark));
  return marked.map((pid) => procFile(pid, 'cmdline').replaceAll('\0', ' '));
}

function procFile(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
}
