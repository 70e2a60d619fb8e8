import { describe, expect, it } from 'vitest';
import type { RunnerStatus } from '#shared/contract/runner-state.ts';
import { aJob, settled, startBench } from '../../fakes/runner-bench.ts';

describe('listeners', () => {
  it('are told of every event once, in the order of the journal, before idle resolves', async () => {
    const { runner, executor, journal, told } = await startBench({ slots: 3 });
    executor.isAutomatic = true;
    await runner.submit(Array.from({ length: 20 }, () => aJob({}, { callback_url: 'http://localhost/' })));
    await runner.idle();
    expect(told.map(({ seq }) => seq)).toEqual(journal.disk.log.map(({ seq }) => seq));
  });

  it('are told in order where jobs start, end and are submitted in one commit', async () => {
    const { runner, executor, journal, told } = await startBench({ slots: 2 });
    await runner.submit([aJob(), aJob(), aJob()]);
    await settled();
    journal.hold();
    const waits = [runner.submit([aJob()]), runner.submit([aJob()])];
    executor.runs[0]?.end();
    await settled();
    waits.push(runner.submit([aJob()]));
    journal.release();
    await Promise.all(waits);
    await settled();
    expect(told.map(({ seq }) => seq)).toEqual(journal.disk.log.map(({ seq }) => seq));
  });

  it('see a status that already counts what they are told', async () => {
    const { runner } = await startBench();
    const seen: RunnerStatus[] = [];
    runner.onEvents(() => seen.push(runner.status()));
    await runner.submit([aJob(), aJob()]);
    expect(seen[0]).toMatchObject({ pending: 2 });
  });

  it('hear no more after they are disposed of', async () => {
    const { runner, told } = await startBench();
    let calls = 0;
    const dispose = [runner.onEvents(() => calls++), runner.onStatus(() => calls++)];
    for (const end of dispose) end();
    await runner.submit([aJob()]);
    await settled();
    expect(told.length).toBeGreaterThan(0);
    expect(calls).toBe(0);
  });

  it('of the status hear of changes alone', async () => {
    const { runner } = await startBench();
    const heard: RunnerStatus[] = [];
    runner.onStatus((status) => heard.push(status));
    runner.setSlots(4);
    await settled();
    runner.setSlots(4);
    await settled();
    const queues = [{ name: 'default', slots: null, mode: 'open', running: 0, pending: 0 }];
    expect(heard).toEqual([
      { slots: 4, running: 0, pending: 0, callbacksDue: 0, problem: null, queues, holds: [] },
    ]);
  });
});

describe('the status', () => {
  it('says what an adapter found damaged', async () => {
    const { runner } = await startBench({ adapterProblem: () => 'Event 7 is damaged.' });
    expect(runner.status().problem).toBe('Event 7 is damaged.');
  });
});

describe('forget', () => {
  it('drops what has ended and refuses what waits or runs', async () => {
    const { runner, executor, journal } = await startBench();
    const jobs = [aJob(), aJob(), aJob()] as const;
    await runner.submit(jobs);
    await settled();
    executor.runOf(jobs[0].id).end();
    await settled();
    const active = [jobs[1].id, jobs[2].id];
    expect(await runner.forget(jobs.map(({ id }) => id))).toEqual(active);
    expect([...journal.disk.jobs.keys()]).toEqual(active);
  });
});
