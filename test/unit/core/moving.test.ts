import { describe, expect, it } from 'vitest';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { parseJobId } from '#shared/job/job-id.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { aJob, createBench, type RunnerBench, settled, startBench } from '../../fakes/runner-bench.ts';

/** A bench whose only slot is taken, and jobs that wait behind it. */
async function withWaiting(requests: readonly JobdeckRequest[]): Promise<[RunnerBench, BatchJob[]]> {
  const bench = await startBench();
  const jobs = requests.map((request) => aJob(request));
  await bench.runner.submit([aJob()]);
  await settled();
  await bench.runner.submit(jobs);
  return [bench, jobs];
}

async function orderOf({ executor, runner }: RunnerBench, jobs: readonly BatchJob[]): Promise<number[]> {
  executor.isAutomatic = true;
  for (const run of executor.running()) run.end();
  await runner.idle();
  return executor.runs
    .map(({ spec }) => jobs.findIndex(({ id }) => id === spec.jobId))
    .filter((index) => index >= 0);
}

const idOf = (jobs: readonly BatchJob[], index: number) => (jobs[index] as BatchJob).id;
const FOUR = [{}, {}, {}, {}];

describe('a waiting job', () => {
  it('is moved before another one', async () => {
    const [bench, jobs] = await withWaiting(FOUR);
    await bench.runner.move(idOf(jobs, 3), { before: idOf(jobs, 1) });
    expect(await orderOf(bench, jobs)).toEqual([0, 3, 1, 2]);
  });

  it('is moved to the front, and to the back', async () => {
    const [bench, jobs] = await withWaiting(FOUR);
    await bench.runner.move(idOf(jobs, 2), 'first');
    await bench.runner.move(idOf(jobs, 1), 'last');
    expect(await orderOf(bench, jobs)).toEqual([2, 0, 3, 1]);
  });

  it('moved to the back is before those that come later', async () => {
    const [bench, jobs] = await withWaiting(FOUR);
    await bench.runner.move(idOf(jobs, 0), 'last');
    const late = aJob();
    await bench.runner.submit([late]);
    expect(await orderOf(bench, [...jobs, late])).toEqual([1, 2, 3, 0, 4]);
  });

  it('takes the priority of its new place, which its record says', async () => {
    const [bench, jobs] = await withWaiting([{ priority: 3 }, { priority: 1 }, {}]);
    await bench.runner.move(idOf(jobs, 2), { before: idOf(jobs, 1) });
    expect(jobdeckOf(bench.stored(idOf(jobs, 2)))?.priority).toBe(1);
    expect(bench.journal.disk.log.at(-1)?.type).toBe('updated');
    await bench.runner.move(idOf(jobs, 0), 'last');
    expect(jobdeckOf(bench.stored(idOf(jobs, 0)))?.priority).toBe(1);
    expect(await orderOf(bench, jobs)).toEqual([2, 1, 0]);
  });

  it('keeps its place over a restart', async () => {
    const [before, jobs] = await withWaiting(FOUR);
    await before.runner.move(idOf(jobs, 3), { before: idOf(jobs, 0) });
    const after = createBench({ disk: before.journal.disk });
    after.executor.isAutomatic = true;
    await after.runner.start();
    expect(await orderOf(after, jobs)).toEqual([3, 0, 1, 2]);
  });

  it('finds room however often others were moved to the same place', async () => {
    const [bench, jobs] = await withWaiting(Array.from({ length: 6 }, () => ({})));
    // Each time the last one goes right before the last but one: the gap before it gets smaller and smaller.
    const line = [...jobs];
    for (let turn = 0; turn < 300; turn += 1) {
      const moved = line.splice(2, 1)[0] as BatchJob;
      line.splice(1, 0, moved);
      await bench.runner.move(moved.id, { before: (line[2] as BatchJob).id });
    }
    expect(await orderOf(bench, line)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('can be moved while others are', async () => {
    const [bench, jobs] = await withWaiting(FOUR);
    await Promise.all([
      bench.runner.move(idOf(jobs, 3), { before: idOf(jobs, 0) }),
      bench.runner.move(idOf(jobs, 2), { before: idOf(jobs, 0) }),
    ]);
    expect(await orderOf(bench, jobs)).toEqual([3, 2, 0, 1]);
  });

  it('stays where it is before itself, and alone', async () => {
    const [bench, jobs] = await withWaiting([{}]);
    await bench.runner.move(idOf(jobs, 0), { before: idOf(jobs, 0) });
    await bench.runner.move(idOf(jobs, 0), 'last');
    expect(await orderOf(bench, jobs)).toEqual([0]);
  });

  it('is not moved to another queue', async () => {
    const [{ runner }, jobs] = await withWaiting([{}, { queue: 'other' }]);
    await expect(runner.move(idOf(jobs, 0), { before: idOf(jobs, 1) })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('a job that does not wait', () => {
  it('is not moved, and nothing is moved before it', async () => {
    const { runner, executor } = await startBench();
    const [running, waiting] = [aJob(), aJob()];
    await runner.submit([running, waiting]);
    await settled();
    expect(executor.running()).toHaveLength(1);
    await expect(runner.move(running.id, { before: waiting.id })).rejects.toMatchObject({ code: 'conflict' });
    await expect(runner.move(waiting.id, { before: running.id })).rejects.toMatchObject({ code: 'conflict' });
    const stranger = parseJobId('job-00000000-0000-4000-8000-000000000000');
    if (stranger === null) throw new Error('Expected an id.');
    await expect(runner.move(stranger, 'last')).rejects.toMatchObject({ code: 'not-found' });
  });
});
