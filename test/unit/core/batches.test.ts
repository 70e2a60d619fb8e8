import { describe, expect, it } from 'vitest';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { SOME_COUNTS } from '../../fakes/fake-batches.ts';
import { aJob, createBench, settled, startBench } from '../../fakes/runner-bench.ts';

const aBatch = (request: JobdeckRequest = {}) => aJob({ items: { values: [1, 2, 3] }, ...request });
const PARTLY = { total: 3, completed: 1, failed: 0, cancelled: 2 };

describe('a job with items', () => {
  it('takes one slot, is run by the batch runner, and keeps its counts', async () => {
    const { runner, batches, executor, stored } = await startBench();
    const [batch, next] = [aBatch(), aJob()];
    await runner.submit([batch, next]);
    await settled();
    expect(batches.runs.map(({ job, attempt }) => [job.status, attempt])).toEqual([['running', 1]]);
    expect(executor.runs).toEqual([]);
    batches.runOf(batch.id).end();
    await settled();
    expect(stored(batch.id).status).toBe('completed');
    expect(jobdeckOf(stored(batch.id))?.counts).toEqual(SOME_COUNTS);
    expect(isJob(stored(batch.id))).toBe(true);
    expect(executor.runs).toHaveLength(1);
  });

  it('is not tried again as a whole: its policy is that of each item', async () => {
    const { runner, batches, statuses } = await startBench();
    const batch = aBatch({ retry: { max_attempts: 3 } });
    await runner.submit([batch]);
    await settled();
    const error = { code: 'exit-code', message: '3 of 3 items failed.' } as const;
    batches.runOf(batch.id).end({ outcome: 'failed', error });
    await runner.idle();
    expect(statuses(batch.id)).toBe('pending running failed');
  });

  it('that is cancelled keeps what it came to', async () => {
    const { runner, batches, stored } = await startBench();
    const batch = aBatch();
    await runner.submit([batch]);
    await settled();
    await runner.cancel([batch.id]);
    expect(batches.runOf(batch.id).signal.reason).toBe('cancel');
    await runner.idle();
    expect(stored(batch.id).status).toBe('cancelled');
    expect(jobdeckOf(stored(batch.id))?.counts).toEqual(SOME_COUNTS);
  });

  it('waits for the next start when Jobdeck closes, whatever on_interrupt says', async () => {
    const before = await startBench();
    const batch = aBatch({ on_interrupt: 'fail' });
    await before.runner.submit([batch]);
    await settled();
    await before.runner.stop();
    expect(before.batches.runOf(batch.id).signal.reason).toBe('stop');
    expect(before.statuses(batch.id)).toBe('pending running pending');
    expect(jobdeckOf(before.stored(batch.id))?.counts).toEqual(SOME_COUNTS);
    const { batches } = await startBench({ disk: before.journal.disk });
    await settled();
    expect(batches.runOf(batch.id).attempt).toBe(2);
  });

  it('goes on after a crash, once what it left is ended', async () => {
    const before = await startBench();
    const batch = aBatch();
    await before.runner.submit([batch]);
    await settled();
    const { runner, batches, executor, statuses, stored } = createBench({ disk: before.journal.disk });
    batches.survivors = [4711];
    expect(await runner.start()).toMatchObject({ requeued: [batch.id], failed: [] });
    await settled();
    expect(batches.reaped).toEqual([batch.id]);
    expect(executor.reaped).toEqual([]);
    expect(statuses(batch.id)).toBe('pending running pending running');
    expect(jobdeckOf(stored(batch.id))?.attempts?.[0]?.error?.message).toContain('4711');
  });

  it.each(['cancelled', 'expired'] as const)(
    'that had begun and is %s while it waits says what its items came to',
    async (status) => {
      const before = await startBench();
      const batch = aBatch({ deadline: new Date(Date.parse(before.clock.now()) + 60_000).toISOString() });
      await before.runner.submit([batch]);
      await settled();
      await before.runner.stop();
      const { runner, batches, clock, stored } = createBench({ disk: before.journal.disk });
      batches.cancelledCounts = PARTLY;
      runner.saveQueue({ name: 'default', slots: null, mode: 'paused' });
      await runner.start();
      if (status === 'cancelled') await runner.cancel([batch.id]);
      else clock.advance(60_000);
      await runner.idle();
      expect(stored(batch.id).status).toBe(status);
      expect(jobdeckOf(stored(batch.id))?.counts).toEqual(PARTLY);
    },
  );

  it('loses its items when it is deleted', async () => {
    const { runner, batches } = await startBench();
    batches.isAutomatic = true;
    const batch = aBatch();
    await runner.submit([batch]);
    await runner.idle();
    await runner.forget([batch.id]);
    expect(batches.forgotten).toEqual([batch.id]);
  });
});
