/** Kills the application at every durable write of a batch there is, and again at every write of what follows. */
import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import type { AttemptReport } from '../../../../src-main/core/ports.ts';
import { aBatch, createBatchBench, failedWith } from '../../../fakes/batch-bench.ts';
import type { ItemDisk } from '../../../fakes/memory-item-store.ts';
import { settled } from '../../../fakes/settled.ts';

const COUNT = 6;
const RETRY = { max_attempts: 2, backoff_ms: 10, jitter: false };

interface Life {
  job: BatchJob;
  disk: ItemDisk;
  crashed: boolean;
  report: AttemptReport | null;
  /** Attempts that were started, by item, over all lives. */
  starts: Map<number, number[]>;
  /** What the listener was told, over all lives. */
  told: string[];
  reaped: (number | undefined)[];
}

const newLife = (job: BatchJob): Life => ({
  job,
  disk: new Map(),
  crashed: false,
  report: null,
  starts: new Map(),
  told: [],
  reaped: [],
});

/** One life of the application, cut off after so many writes. Item 2 fails twice, item 4 once and is tried again. */
async function live(life: Life, writes = Number.POSITIVE_INFINITY): Promise<Life> {
  const bench = createBatchBench({ disk: life.disk });
  bench.store.crashAfter(writes);
  const { executor } = bench;
  const { report } = await bench.start(life.job);
  for (let turn = 0; turn < 4 * COUNT && report() === null; turn += 1) {
    const [run] = executor.running();
    const { item = -1, attempt = 0 } = run?.spec ?? {};
    run?.end(item === 2 || (item === 4 && attempt === 1) ? failedWith('timeout') : {});
    await settled();
    bench.clock.advance(10);
    await settled();
  }
  for (const { spec } of executor.runs) {
    const { item = -1, attempt } = spec;
    life.starts.set(item, [...(life.starts.get(item) ?? []), attempt]);
  }
  life.told.push(...bench.told);
  life.reaped.push(...executor.reaped.map(({ item }) => item));
  return Object.assign(life, { crashed: bench.store.hasCrashed, report: report() });
}

function expectWhole({ job, disk, report, starts, told }: Life): void {
  const items = [...(disk.get(job.id)?.items.values() ?? [])];
  const counts = report?.counts ?? { total: 0, completed: 0, failed: 0, cancelled: 0 };
  expect(counts.total).toBe(COUNT);
  expect(counts.completed + counts.failed).toBe(COUNT);
  expect(items.filter(({ status }) => status === 'completed')).toHaveLength(counts.completed);
  expect(items.filter(({ status }) => status === 'failed')).toHaveLength(counts.failed);
  for (const { index, attempts } of items) {
    const numbers = starts.get(index) ?? [];
    // No attempt is made twice under one number, so none writes over another's output.
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.max(0, ...numbers)).toBeLessThanOrEqual(attempts);
  }
  expect(new Set(told).size).toBe(told.length);
}

/** Every life that is cut off after the nth write, each in its turn, then gone on with. */
async function matrix(request: JobdeckRequest, check: (life: Life) => void): Promise<number> {
  for (let writes = 1; ; writes += 1) {
    const life = await live(newLife(aBatch(COUNT, { retry: RETRY, ...request })), writes);
    const { crashed } = life;
    if (crashed) await live(life);
    expectWhole(life);
    check(life);
    if (!crashed) return writes;
  }
}

describe('a crash after any write', () => {
  it('with on_interrupt rerun loses no item, doubles none, and each has run at least once', async () => {
    const writes = await matrix({ on_interrupt: 'rerun' }, ({ starts, disk, job }) => {
      expect([...starts.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5]);
      const failed = [...(disk.get(job.id)?.items.values() ?? [])].filter(
        ({ status }) => status === 'failed',
      );
      for (const { error } of failed) expect(error?.code).toBe('timeout');
    });
    expect(writes).toBeGreaterThan(15);
  });

  it('with on_interrupt fail lets no interrupted attempt be followed by another', async () => {
    await matrix({ on_interrupt: 'fail', retry: { max_attempts: 1 } }, ({ starts, disk, job }) => {
      for (const numbers of starts.values()) expect(numbers).toEqual([1]);
      for (const { index, error } of disk.get(job.id)?.items.values() ?? []) {
        // Known to be on its way, perhaps not started: that counts as interrupted.
        if (!starts.has(index)) expect(error?.code).toBe('interrupted');
      }
    });
  });

  it('has what was on its way ended before anything else runs', async () => {
    const life = await live(newLife(aBatch(COUNT, { on_interrupt: 'rerun' })), 6);
    expect(life.crashed).toBe(true);
    const running = [...(life.disk.get(life.job.id)?.items.values() ?? [])]
      .filter(({ status }) => status === 'running')
      .map(({ index }) => index);
    expect(running.length).toBeGreaterThan(0);
    await live(life);
    expect(life.reaped.sort()).toEqual(running);
  });

  it('and after any write of the life that follows does not either', async () => {
    for (let writes = 1; ; writes += 2) {
      let isLast = false;
      for (let later = 1; ; later += 1) {
        const life = await live(newLife(aBatch(COUNT, { retry: RETRY, on_interrupt: 'rerun' })), writes);
        isLast = !life.crashed;
        if (life.crashed) await live(life, later);
        const { crashed } = life;
        if (crashed) await live(life);
        expectWhole(life);
        if (!crashed) break;
      }
      if (isLast) return;
    }
  });
});

describe('recovering a batch that is not run', () => {
  it('ends what it left, names what survives, and records the interruption', async () => {
    const life = await live(newLife(aBatch(COUNT)), 6);
    const bench = createBatchBench({ disk: life.disk });
    bench.executor.survivors = [41, 42];
    const { survivors } = await bench.runner.reap(life.job);
    expect(survivors).toEqual(bench.executor.reaped.flatMap(() => [41, 42]));
    const items = bench.items(life.job);
    expect(items.filter(({ status }) => status === 'running')).toEqual([]);
    const interrupted = items.filter(({ error }) => error?.code === 'interrupted');
    expect(interrupted).toHaveLength(bench.executor.reaped.length);
    expect(interrupted[0]?.error?.message).toContain('could not be ended: 41, 42');
    expect(await bench.runner.reap(life.job)).toEqual({ survivors: [] });
  });

  it('says so where it can not find out what was left', async () => {
    const life = await live(newLife(aBatch(COUNT)), 6);
    const bench = createBatchBench({ disk: life.disk });
    bench.executor.reap = () => Promise.reject(new Error('no /proc'));
    await bench.runner.reap(life.job);
    const { error } = bench.items(life.job).find(({ status }) => status === 'failed') ?? {};
    expect(error?.message).toContain('could not be found out: no /proc');
  });

  it('counts what failed before for the error of the whole', async () => {
    const first = createBatchBench();
    const job = aBatch(3, { on_interrupt: 'rerun' });
    const { abort, done } = await first.start(job);
    first.runOf(0).end(failedWith('exit-code', 'Exit code 1.'));
    await settled();
    abort.abort('stop');
    await done;
    const next = createBatchBench({ disk: first.store.disk });
    next.executor.isAutomatic = true;
    const { done: over } = await next.start(job);
    next.clock.advance(0);
    expect((await over).error).toEqual({
      code: 'exit-code',
      message: '1 of 3 items failed. The first: item 0: Exit code 1.',
    });
  });
});
