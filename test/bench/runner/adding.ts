/** What one more job costs when so many wait already: each is submitted alone, and durable when `submit` answers. */
import { type Figure, figure } from '../figures.ts';
import { median } from '../rounds.ts';
import { job, manyJobs, openOwnRunner, TRUE } from './own-runner.ts';

const QUEUED = [0, 1000, 10_000, 100_000] as const;
const SAMPLES = 200;
const FILL = 1000;
/** The last may cost this much more than the first and still be called flat. */
const FLAT = 1.5;

export async function costPerAddedJob(): Promise<Figure[]> {
  const own = await openOwnRunner(2);
  const { runner } = own;
  try {
    runner.saveQueue({ name: 'default', slots: null, mode: 'paused' });
    const costs: number[] = [];
    let count = 0;
    for (const queued of QUEUED) {
      while (count < queued) {
        const fill = Math.min(FILL, queued - count);
        await runner.submit(manyJobs(fill, TRUE));
        count += fill;
      }
      const samples: number[] = [];
      for (let sample = 0; sample < SAMPLES; sample += 1) {
        const one = job(TRUE);
        const startedAtMs = performance.now();
        await runner.submit([one]);
        samples.push(performance.now() - startedAtMs);
      }
      count += SAMPLES;
      costs.push(median(samples));
    }
    const figures = QUEUED.map((queued, index) =>
      figure(`adding a job with ${queued.toLocaleString('en')} queued`, 'ms', costs[index] ?? Number.NaN),
    );
    const ratio = (costs.at(-1) ?? Number.NaN) / (costs[0] ?? Number.NaN);
    const flat = figure('of it the last against the first', 'x', ratio);
    return [...figures, { ...flat, goals: [{ text: `at most ${FLAT} x`, isMet: ratio <= FLAT }] }];
  } finally {
    await own.close();
  }
}
