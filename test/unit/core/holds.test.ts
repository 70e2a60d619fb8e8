import { describe, expect, it } from 'vitest';
import type { Task } from '#shared/job/tasks.ts';
import {
  DISK_RETRY_MS,
  ENOUGH_FREE_BYTES,
  FRESH_MS,
  MIN_FREE_BYTES,
  REGAINED_BYTES,
} from '../../../src-main/core/disk-watch.ts';
import { JOURNAL_RETRY_MS } from '../../../src-main/core/ledger.ts';
import { aJob, settled, startBench } from '../../fakes/runner-bench.ts';

const HTTP: Task = { kind: 'http', url: 'https://example.org' };
const LLM: Task = { kind: 'llm', endpoint: 'responses', request: {} };
const DISK_FULL = { code: 'disk-full', message: 'No space is left.' } as const;

/** A disk that a test fills. */
function aDisk(freeBytes: number) {
  let asked = 0;
  return {
    free: freeBytes,
    get asked() {
      return asked;
    },
    async freeBytes() {
      asked += 1;
      return this.free;
    },
  };
}

describe('a hold', () => {
  it('on battery starts nothing until it ends, and ends nothing that runs', async () => {
    const { runner, executor } = await startBench({ slots: 2 });
    await runner.submit([aJob()]);
    await settled();
    runner.hold('battery', 'On battery.');
    await runner.submit([aJob()]);
    await settled();
    expect(executor.running()).toHaveLength(1);
    expect(runner.status().holds).toEqual([{ reason: 'battery', message: 'On battery.' }]);
    runner.hold('battery', null);
    await settled();
    expect(executor.running()).toHaveLength(2);
    expect(runner.status().holds).toEqual([]);
  });

  it('without a network holds requests and model calls alone: others pass them by', async () => {
    const { runner, executor } = await startBench({ slots: 4 });
    runner.hold('network', 'No network.');
    const jobs = [
      aJob({ task: HTTP, priority: 5 }),
      aJob({ task: LLM }),
      aJob(),
      aJob({ priority: 1 }),
    ] as const;
    await runner.submit(jobs);
    await settled();
    expect(executor.runs.map(({ spec }) => spec.jobId)).toEqual([jobs[2].id, jobs[3].id]);
    runner.hold('network', null);
    await settled();
    expect(executor.runs.slice(2).map(({ spec }) => spec.jobId)).toEqual([jobs[0].id, jobs[1].id]);
  });

  it('of the journal is as long as the journal refuses', async () => {
    const { runner, journal, executor, clock } = await startBench({ slots: 2 });
    await runner.submit([aJob()]);
    await settled();
    journal.refuseWith(new Error('The disk is full.'));
    executor.running()[0]?.end();
    await settled();
    expect(runner.status().holds).toEqual([{ reason: 'journal', message: expect.stringContaining('full') }]);
    journal.refuseWith(null);
    clock.advance(JOURNAL_RETRY_MS);
    await settled();
    expect(runner.status().holds).toEqual([]);
  });

  it('may be added by others to that of the journal, such as the store of items', async () => {
    const { runner } = await startBench();
    runner.hold('journal', 'Items can not be kept.');
    expect(runner.status().holds).toEqual([{ reason: 'journal', message: 'Items can not be kept.' }]);
    runner.hold('journal', null);
    expect(runner.status().holds).toEqual([]);
  });
});

describe('a disk', () => {
  it('that an attempt finds full holds starts until there is room again', async () => {
    const diskSpace = aDisk(1024);
    const { runner, executor, clock } = await startBench({ diskSpace });
    await runner.submit([aJob(), aJob()]);
    await settled();
    executor.running()[0]?.end({ outcome: 'failed', error: DISK_FULL });
    await settled();
    expect(executor.runs).toHaveLength(1);
    expect(runner.status().holds).toEqual([
      { reason: 'disk-full', message: expect.stringContaining('128 MiB') },
    ]);
    diskSpace.free = ENOUGH_FREE_BYTES - 1;
    clock.advance(DISK_RETRY_MS);
    await settled();
    expect(executor.runs).toHaveLength(1);
    diskSpace.free = ENOUGH_FREE_BYTES;
    clock.advance(DISK_RETRY_MS);
    await settled();
    expect(executor.runs).toHaveLength(2);
    expect(runner.status().holds).toEqual([]);
  });

  it('has to gain some room where it was not quite full', async () => {
    const diskSpace = aDisk(ENOUGH_FREE_BYTES - 1);
    const { runner, executor, clock } = await startBench({ diskSpace });
    await runner.submit([aJob(), aJob()]);
    await settled();
    executor.running()[0]?.end({ outcome: 'failed', error: DISK_FULL });
    await settled();
    diskSpace.free = ENOUGH_FREE_BYTES;
    clock.advance(DISK_RETRY_MS);
    await settled();
    expect(executor.runs).toHaveLength(1);
    diskSpace.free = ENOUGH_FREE_BYTES - 1 + REGAINED_BYTES;
    clock.advance(DISK_RETRY_MS);
    await settled();
    expect(executor.runs).toHaveLength(2);
  });

  it('that is nearly full holds starts before an attempt finds it so', async () => {
    const diskSpace = aDisk(MIN_FREE_BYTES - 1);
    const { runner, executor } = await startBench({ diskSpace });
    await runner.submit([aJob(), aJob()]);
    await settled();
    executor.running()[0]?.end();
    await settled();
    expect(executor.runs).toHaveLength(1);
    expect(runner.status().holds).toMatchObject([
      { reason: 'disk-full', message: expect.stringContaining('31 MiB') },
    ]);
  });

  it('is looked at now and then, not at every start', async () => {
    const diskSpace = aDisk(ENOUGH_FREE_BYTES);
    const { runner, executor, clock } = await startBench({ diskSpace, slots: 3 });
    executor.isAutomatic = true;
    await runner.submit(Array.from({ length: 50 }, () => aJob()));
    await runner.idle();
    expect(diskSpace.asked).toBe(1);
    clock.advance(FRESH_MS);
    await runner.submit([aJob()]);
    await runner.idle();
    expect(diskSpace.asked).toBe(2);
  });

  it('of which nothing can be found out is tried again after a while', async () => {
    const { runner, executor, clock } = await startBench();
    await runner.submit([aJob(), aJob()]);
    await settled();
    executor.running()[0]?.end({ outcome: 'failed', error: DISK_FULL });
    await settled();
    expect(executor.runs).toHaveLength(1);
    clock.advance(DISK_RETRY_MS);
    await settled();
    expect(executor.runs).toHaveLength(2);
  });

  it('that can not be asked holds nothing back by itself', async () => {
    const diskSpace = { freeBytes: () => Promise.reject(new Error('statfs failed')) };
    const { runner, executor } = await startBench({ diskSpace, slots: 2 });
    await runner.submit([aJob(), aJob()]);
    await settled();
    expect(executor.running()).toHaveLength(2);
  });
});
