/** Durable jobs that do nothing: how many a second come from `submit` to an end that is in the history. */
import { atLeast, type Figure, figureOf } from '../figures.ts';
import { countForRound, perSecond, takeTurns } from '../rounds.ts';
import { acknowledgeAll, manyJobs, openOwnRunner, TRUE } from './own-runner.ts';
import { present, throughParallel, throughTaskSpooler, throughXargs } from './peers.ts';

const ROUNDS = 3;

export async function jobsPerSecond(slots: number, withPeers = true): Promise<Figure> {
  const own = await openOwnRunner(slots);
  const runOurs = async (jobs: number) => {
    await own.runAll(manyJobs(jobs, TRUE));
    acknowledgeAll(own);
  };
  const jobs = await countForRound(runOurs);
  const numbers = Array.from({ length: jobs }, (_, index) => String(index));
  const contestants = {
    ours: () => perSecond(jobs, () => runOurs(jobs)),
    ...(withPeers &&
      present({
        'task-spooler': () => perSecond(jobs, () => throughTaskSpooler(jobs, slots, '/bin/true')),
        'GNU parallel': () => perSecond(jobs, () => throughParallel(numbers, slots, ['/bin/true'])),
        'xargs -P': () => perSecond(jobs, () => throughXargs(numbers, slots, ['/bin/true'])),
      })),
  };
  try {
    const found = figureOf(
      `jobs of /bin/true, ${slots} slots`,
      'jobs/s',
      await takeTurns(contestants, ROUNDS),
    );
    return { ...found, goals: [...atLeast(1, 'task-spooler', found), ...atLeast(2, 'GNU parallel', found)] };
  } finally {
    await own.close();
  }
}
