/** From the call of `submit` on an idle runner to the first instruction of the program that it runs. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { atMost, type Figure, figure } from '../figures.ts';
import { median, quantile } from '../rounds.ts';
import { job, type OwnRunner, openOwnRunner } from './own-runner.ts';
import { inDirectory, isThere, taskSpoolerEnvironment } from './peers.ts';

const JOBS = 60;
/** They take longer. */
const PEER_JOBS = 10;

/**
 * The program is `date`, which prints its own clock: nanoseconds since 1970. What is measured so has the start of
 * the program in it, as `exec` and the loader do it; `spawn` of Node alone says how much that is.
 */
const DATE = ['date', '+%s%N'] as const;

export async function enqueueToStart(withPeers = true): Promise<Figure[]> {
  const own = await openOwnRunner(2);
  const ours: number[] = [];
  const durable: number[] = [];
  const bare: number[] = [];
  const spooler: number[] = [];
  const parallel: number[] = [];
  try {
    for (let round = 0; round < JOBS; round += 1) {
      const { startMs, durableMs } = await oursMs(own);
      ours.push(startMs);
      durable.push(durableMs);
      if (!withPeers) continue;
      bare.push(await bareSpawnMs());
      if (round < PEER_JOBS && isThere('task-spooler')) spooler.push(taskSpoolerMs());
      if (round < PEER_JOBS && isThere('GNU parallel')) parallel.push(parallelMs());
    }
  } finally {
    await own.close();
  }
  const of = (name: string, unit: (values: readonly number[]) => number): Figure => {
    const all = { 'bare spawn()': bare, 'task-spooler': spooler, 'GNU parallel': parallel };
    const measured = Object.entries(all).filter(([, values]) => values.length > 0);
    const peers = Object.fromEntries(measured.map(([peer, values]) => [peer, unit(values)]));
    return figure(`enqueue to start, ${name}`, 'ms', unit(ours), { peers });
  };
  const middle = of('median', median);
  const added = figure('of it more than a bare spawn(), median', 'ms', median(ours) - median(bare));
  return [
    { ...middle, goals: atMost(5, middle) },
    of('95th percentile', (values) => quantile(values, 0.95)),
    figure('of it until the start is durable, median', 'ms', median(durable)),
    ...(withPeers ? [{ ...added, goals: atMost(5, added) }] : []),
  ];
}

async function oursMs({ runner }: OwnRunner): Promise<{ startMs: number; durableMs: number }> {
  const one = job({ task: { kind: 'command', program: DATE[0], args: [DATE[1]] } });
  let printed = '';
  let durableAtMs = Number.NaN;
  const stop = runner.onEvents((events) => {
    for (const { type, job } of events) {
      if (type === 'started') durableAtMs = performance.now();
      printed = jobdeckOf(job)?.result?.stdout ?? printed;
    }
  });
  const atMs = wallClockMs();
  const submittedAtMs = performance.now();
  await runner.submit([one]);
  await runner.idle();
  stop();
  return { startMs: millisecondsIn(printed) - atMs, durableMs: durableAtMs - submittedAtMs };
}

async function bareSpawnMs(): Promise<number> {
  const startedAtMs = wallClockMs();
  const child = spawn(DATE[0], [DATE[1]], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [printed] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return millisecondsIn(printed) - startedAtMs;
}

/** From a shell, as one queues there. Its server runs before. */
function taskSpoolerMs(): number {
  const script = `tsp -S 2; a=$(${DATE.join(' ')}); id=$(tsp ${DATE.join(' ')}); tsp -w $id; echo $a $(tsp -c $id); tsp -K`;
  return inDirectory((directory) => betweenMs(script, taskSpoolerEnvironment(directory)));
}

function parallelMs(): number {
  return inDirectory((directory) =>
    betweenMs(
      `a=$(${DATE.join(' ')}); echo $a $(parallel --will-cite -n0 --joblog ${directory}/log ${DATE.join(' ')} ::: 1 2>/dev/null)`,
      process.env,
    ),
  );
}

/** The milliseconds between the two times that a script prints. */
function betweenMs(script: string, env: NodeJS.ProcessEnv): number {
  const { stdout } = spawnSync('sh', ['-c', script], { env, encoding: 'utf8' });
  const [before, after] = stdout.trim().split(/\s+/);
  return millisecondsIn(after ?? '') - millisecondsIn(before ?? '');
}

const millisecondsIn = (nanoseconds: string): number => {
  if (!/^\d{19}\s*$/.test(nanoseconds))
    throw new Error(`Expected a time in nanoseconds, got ${nanoseconds}.`);
  return Number(BigInt(nanoseconds.trim()) / 1000n) / 1000;
};

/** The wall clock at one of its ticks, so that it is exact although `Date.now()` has milliseconds alone. */
function wallClockMs(): number {
  const before = Date.now();
  let now = before;
  while (now === before) now = Date.now();
  return now;
}
