/** Items of one batch: programs that do nothing, and requests that are answered at once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Task } from '#shared/job/tasks.ts';
import { atLeast, type Figure, figureOf } from './figures.ts';
import { acknowledgeAll, job, openOwnRunner } from './own-runner.ts';
import { isThere, present, throughParallel, throughXargs } from './peers.ts';
import { secondsOf, takeTurns } from './rounds.ts';

const ITEMS = 300;
const ROUNDS = 3;
const NUMBERS = Array.from({ length: ITEMS }, (_, index) => String(index));

export function commandItemsPerSecond(concurrency: number, withPeers = true): Promise<Figure> {
  return itemsPerSecond({
    name: `batch items of /bin/true, ${concurrency} at a time`,
    concurrency,
    task: { kind: 'command', program: '/bin/true' },
    lines: NUMBERS,
    command: withPeers ? ['/bin/true'] : null,
  });
}

export async function httpItemsPerSecond(concurrency: number, withPeers = true): Promise<Figure> {
  const server = await startServer();
  try {
    return await itemsPerSecond({
      name: `batch items of GET, ${concurrency} at a time`,
      concurrency,
      task: { kind: 'http', url: `${server.origin}/{{item}}` },
      lines: NUMBERS.map((number) => `${server.origin}/${number}`),
      command: withPeers && isThere('curl') ? ['curl', '--silent', '--fail', '--output', '/dev/null'] : null,
    });
  } finally {
    server.child.kill();
  }
}

interface Contest {
  name: string;
  concurrency: number;
  task: Task;
  lines: readonly string[];
  /** What the peers run for each line; null to leave them out. */
  command: readonly string[] | null;
}

async function itemsPerSecond({ name, concurrency, task, lines, command }: Contest): Promise<Figure> {
  const own = await openOwnRunner(1);
  const rate = (work: () => unknown) => async () => ITEMS / (await secondsOf(work));
  const contestants = {
    ours: async () => {
      const batch = job({ task, concurrency, items: { range: { from: 1, to: ITEMS } } });
      const perSecond = await rate(() => own.runAll([batch]))();
      acknowledgeAll(own);
      return perSecond;
    },
    ...(command !== null &&
      present({
        'GNU parallel': rate(() => throughParallel(lines, concurrency, command)),
        'xargs -P': rate(() => throughXargs(lines, concurrency, command)),
      })),
  };
  try {
    const found = figureOf(name, 'items/s', await takeTurns(contestants, ROUNDS));
    return { ...found, goals: atLeast(2, 'GNU parallel', found) };
  } finally {
    await own.close();
  }
}

/** A server in a process of its own: its work is not that of who asks. */
async function startServer(): Promise<{ origin: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'http-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { origin: String(line).trim(), child };
}
