/** Durable jobs that do nothing: how many a second come from `submit` to an end that is in the history. */
import { atLeast, type Figure, figureOf } from './figures.ts';
import { acknowledgeAll, manyJobs, openOwnRunner, TRUE } from './own-runner.ts';
import { present, throughParallel, throughTaskSpooler, throughXargs } from './peers.ts';
import { secondsOf, takeTurns } from './rounds.ts';

const JOBS = 300;
const ROUNDS = 3;
const NUMBERS = Array.from({ length: JOBS }, (_, index) => String(index));

export async function jobsPerSecond(slots: number, withPeers = true): Promise<Figure> {
  const own = await openOwnRunner(slots);
  const rate = (work: () => unknown) => async () => JOBS / (await secondsOf(work));
  const contestants = {
    ours: async () => {
      const jobs = manyJobs(JOBS, TRUE);
      const perSecond = await rate(() => own.runAll(jobs))();
      acknowledgeAll(own);
      return perSecond;
    },
    ...(withPeers &&
      present({
        'task-spooler': rate(() => throughTaskSpooler(JOBS, slots, '/bin/true')),
        'GNU parallel': rate(() => throughParallel(NUMBERS, slots, ['/bin/true'])),
        'xargs -P': rate(() => throughXargs(NUMBERS, slots, ['/bin/true'])),
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
