/** Items of batches, told as they end. */
import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import { GATHER_MS } from '../../../../src-main/core/callbacks/item-packer.ts';
import { answeredWith } from '../../../fakes/fake-callback-sender.ts';
import { aJob, createBench, type RunnerBench, settled } from '../../../fakes/runner-bench.ts';
import { answerOpen, openPost, pass, startCallbackBench, URL_A } from './support.ts';

function item(index: number, rest: Partial<ItemRecord> = {}): ItemRecord {
  return {
    ...{ index, item: { path: `${index}.jpg` }, status: 'completed', attempts: 1 },
    ...{ duration_ns: 5, ttft_ns: null, result: { exit_code: 0 }, error: null },
    ...rest,
  };
}

/** As the item store does it in one commit: it has ended, and is to be told. */
function end({ batches, journal }: RunnerBench, { id }: BatchJob, from: number, count = 1): void {
  for (let index = from; index < from + count; index += 1) {
    journal.disk.deliveries.untold.push({ jobId: id, index });
    batches.endItem(id, item(index));
  }
}

async function startBatch(bench: RunnerBench): Promise<BatchJob> {
  const batch = aJob({ items: { values: [1, 2, 3] } }, { callback_url: URL_A, job_type: 'batch' });
  await bench.runner.submit([batch]);
  await settled();
  return batch;
}

const toldBy = (bench: RunnerBench) =>
  bench.sender.posts.map(({ message }) =>
    message.type === 'batch.items' ? (message.items as ItemRecord[]).map(({ index }) => index) : message.type,
  );

describe('the items of a batch', () => {
  it('that ended within a second are told in one message', async () => {
    const bench = await startCallbackBench();
    const batch = await startBatch(bench);
    end(bench, batch, 0, 3);
    await pass(bench, GATHER_MS - 1);
    expect(bench.sender.posts).toEqual([]);
    end(bench, batch, 3);
    await pass(bench, 1);
    expect(openPost(bench).message).toMatchObject({
      ...{ type: 'batch.items', job_id: batch.id },
      items: [0, 1, 2, 3].map((index) => ({
        index,
        status: 'completed',
        attempts: 1,
        result: { exit_code: 0 },
      })),
    });
    expect(bench.deliveries.untoldItems(batch.id, 10)).toEqual([]);
  });

  it('make at most one message a second, of at most a hundred of them', async () => {
    const bench = await startCallbackBench();
    bench.sender.automatic = {};
    const batch = await startBatch(bench);
    end(bench, batch, 0, 250);
    const counts = [];
    for (let second = 0; second < 4; second += 1) {
      await pass(bench, GATHER_MS);
      counts.push(bench.sender.posts.length);
    }
    expect(counts).toEqual([1, 2, 3, 3]);
    expect(toldBy(bench).flat()).toEqual(Array.from({ length: 250 }, (_, index) => index));
  });

  it('are all told before the end of the batch is, in order', async () => {
    const bench = await startCallbackBench();
    bench.sender.automatic = {};
    const batch = await startBatch(bench);
    end(bench, batch, 0, 750);
    bench.batches.runOf(batch.id).end();
    await bench.runner.idle();
    await bench.runner.callbacks.settled();
    const told = toldBy(bench);
    expect(told.at(-1)).toBe('job.completed');
    expect(told.slice(0, -1).flat()).toEqual(Array.from({ length: 750 }, (_, index) => index));
  });

  it('hold the message of the end back until theirs were delivered or given up', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbackScheduleMs: [0, 1000] } });
    const batch = await startBatch(bench);
    end(bench, batch, 0);
    bench.batches.runOf(batch.id).end();
    await settled();
    await answerOpen(bench, answeredWith(500));
    expect(bench.sender.open()).toEqual([]);
    await pass(bench, 1100);
    await answerOpen(bench, answeredWith(500));
    expect(openPost(bench).message.type).toBe('job.completed');
  });

  it('leave the three fields of the record alone, and lose no step of the job', async () => {
    const bench = await startCallbackBench();
    const batch = await startBatch(bench);
    end(bench, batch, 0);
    await pass(bench, GATHER_MS);
    bench.journal.hold();
    await answerOpen(bench, answeredWith(500));
    bench.batches.runOf(batch.id).end();
    await settled();
    bench.journal.release();
    await settled();
    expect(bench.statuses(batch.id)).toBe('pending running running running completed');
    expect(bench.stored(batch.id)).toMatchObject({ status: 'completed', callback_status_code: null });
  });

  it('are told of by the next start where a kill came before', async () => {
    const before = await startCallbackBench();
    const batch = await startBatch(before);
    end(before, batch, 0, 2);
    const bench = createBench({ disk: before.journal.disk });
    bench.batches.items = before.batches.items;
    bench.sender.automatic = {};
    await bench.runner.start();
    await pass(bench, GATHER_MS);
    expect(toldBy(bench)).toEqual([[0, 1]]);
    expect(bench.stored(batch.id).status).toBe('running');
  });

  it('are told also where the batch ends while it waits', async () => {
    const before = await startCallbackBench();
    const batch = await startBatch(before);
    end(before, batch, 0, 2);
    await before.runner.finish();
    await before.runner.stop();
    const bench = createBench({ disk: before.journal.disk });
    bench.batches.items = before.batches.items;
    bench.runner.saveQueue({ name: 'default', slots: null, mode: 'paused' });
    await bench.runner.start();
    await bench.runner.cancel([batch.id]);
    await bench.runner.idle();
    await bench.runner.callbacks.settled();
    expect(toldBy(bench)).toEqual([[0, 1], 'job.cancelled']);
  });

  it('that can not be read any more are told of no more', async () => {
    const bench = await startCallbackBench();
    bench.sender.automatic = {};
    const batch = await startBatch(bench);
    end(bench, batch, 0, 3);
    bench.batches.items.delete(`${batch.id} 1`);
    await pass(bench, GATHER_MS);
    expect(toldBy(bench)).toEqual([[0, 2]]);
    bench.batches.items.clear();
    end(bench, batch, 3);
    bench.batches.items.clear();
    await pass(bench, GATHER_MS);
    expect(bench.deliveries.jobsWithUntoldItems()).toEqual([]);
    expect(toldBy(bench)).toEqual([[0, 2]]);
  });

  it('wait for a journal that refuses, and the end of the batch with them', async () => {
    const bench = await startCallbackBench();
    const batch = await startBatch(bench);
    end(bench, batch, 0);
    bench.journal.refuseWith(new Error('The disk is full.'));
    bench.batches.runOf(batch.id).end();
    await settled();
    expect(bench.stored(batch.id).status).toBe('running');
    bench.journal.refuseWith(null);
    bench.sender.automatic = {};
    await pass(bench, 2000);
    await bench.runner.idle();
    await bench.runner.callbacks.settled();
    expect(toldBy(bench)).toEqual([[0], 'job.completed']);
  });

  it('of a batch that is deleted are told of no more', async () => {
    const bench = await startCallbackBench();
    const batch = await startBatch(bench);
    bench.batches.runOf(batch.id).end();
    await settled();
    await answerOpen(bench);
    end(bench, batch, 0);
    bench.journal.disk.deliveries.untold = [];
    await bench.runner.forget([batch.id]);
    await pass(bench, 10 * GATHER_MS);
    expect(toldBy(bench)).toEqual(['job.completed']);
  });
});
