/** Items of one batch: programs that do nothing, and requests that are answered at once. */
import type { Task } from '#shared/job/tasks.ts';
import { atLeast, type Figure, figureOf } from '../figures.ts';
import { startServer } from '../http-server-process.ts';
import { countForRound, perSecond, takeTurns } from '../rounds.ts';
import { acknowledgeAll, job, openOwnRunner } from './own-runner.ts';
import { isThere, present, throughParallel, throughXargs } from './peers.ts';

const ROUNDS = 3;

export function commandItemsPerSecond(concurrency: number, withPeers = true): Promise<Figure> {
  return itemsPerSecond({
    name: `batch items of /bin/true, ${concurrency} at a time`,
    concurrency,
    task: { kind: 'command', program: '/bin/true' },
    lineOf: String,
    command: withPeers ? ['/bin/true'] : null,
    peerShare: 1,
  });
}

export async function httpItemsPerSecond(concurrency: number, withPeers = true): Promise<Figure> {
  const server = await startServer();
  try {
    return await itemsPerSecond({
      name: `batch items of GET, ${concurrency} at a time`,
      concurrency,
      task: { kind: 'http', url: `${server.origin}/{{item}}` },
      lineOf: (index) => `${server.origin}/${index}`,
      command: withPeers && isThere('curl') ? ['curl', '--silent', '--fail', '--output', '/dev/null'] : null,
      peerShare: 0.2,
    });
  } finally {
    server.child.kill();
  }
}

interface Contest {
  name: string;
  concurrency: number;
  task: Task;
  /** What the peers get for an item. */
  lineOf: (index: number) => string;
  /** What the peers run for each line; null to leave them out. */
  command: readonly string[] | null;
  /** How many of our items the peers get: less where they take much longer. */
  peerShare: number;
}

async function itemsPerSecond(contest: Contest): Promise<Figure> {
  const { name, concurrency, task, lineOf, command, peerShare } = contest;
  const own = await openOwnRunner(1);
  const runOurs = async (items: number) => {
    await own.runAll([job({ task, concurrency, items: { range: { from: 1, to: items } } })]);
    acknowledgeAll(own);
  };
  const items = await countForRound(runOurs);
  const peerItems = Math.round(items * peerShare);
  const lines = Array.from({ length: peerItems }, (_, index) => lineOf(index));
  const contestants = {
    ours: () => perSecond(items, () => runOurs(items)),
    ...(command !== null &&
      present({
        'GNU parallel': () => perSecond(peerItems, () => throughParallel(lines, concurrency, command)),
        'xargs -P': () => perSecond(peerItems, () => throughXargs(lines, concurrency, command)),
      })),
  };
  try {
    const found = figureOf(name, 'items/s', await takeTurns(contestants, ROUNDS));
    return { ...found, goals: atLeast(2, 'GNU parallel', found) };
  } finally {
    await own.close();
  }
}
