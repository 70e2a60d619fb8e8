import { describe, expect, it } from 'vitest';
import type { JobProgress } from '#shared/contract/runner-state.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { aJob, settled, startBench } from '../../fakes/runner-bench.ts';

const SOON = '2026-11-01T08:10:00.000Z';

describe('progress', () => {
  it('says of each waiting job what it waits for, and until when', async () => {
    const { runner, executor } = await startBench({ slots: 2 });
    runner.saveQueue({ name: 'gpu', slots: 1, mode: 'open' });
    runner.saveQueue({ name: 'night', slots: null, mode: 'paused' });
    const running = aJob({ dedup_key: 'photos', queue: 'gpu' });
    const failing = aJob({ retry: { max_attempts: 2, backoff_ms: 60_000, jitter: false } });
    await runner.submit([running, failing]);
    await settled();
    const error = { code: 'timeout', message: 'Too slow.' } as const;
    executor.runOf(failing.id).end({ outcome: 'failed', error });
    await settled();
    const expected: [BatchJob, JobProgress['waitsFor'], string | null][] = [
      [running, null, null],
      [failing, 'retry', '2026-11-01T08:01:00.000Z'],
      [aJob({ queue: 'gpu' }), 'queue-slot', null],
      [aJob({ queue: 'night' }), 'queue-paused', null],
      [aJob({ not_before: SOON }), 'not-before', SOON],
      [aJob({ after: [running.id], not_before: SOON }), 'dependency', SOON],
      [aJob({ after: [running.id] }), 'dependency', null],
      [aJob({ dedup_key: 'photos', on_duplicate: 'join' }), 'duplicate', null],
      [aJob(), null, null],
      [aJob(), 'slot', null],
    ];
    await runner.submit(expected.slice(2).map(([job]) => job));
    await settled();
    expect(runner.progress(expected.map(([{ id }]) => id))).toEqual(
      expected.map(([{ id }, waitsFor, waitsUntil]) => ({
        ...{ id, waitsFor, waitsUntil, suspended: false, batch: null },
      })),
    );
  });

  it('names what holds everything back', async () => {
    const { runner } = await startBench();
    const [local, remote] = [aJob(), aJob({ task: { kind: 'http', url: 'https://example.org' } })];
    runner.hold('battery', 'On battery.');
    await runner.submit([local, remote]);
    const reasons = () => runner.progress([local.id, remote.id]).map(({ waitsFor }) => waitsFor);
    expect(reasons()).toEqual(['battery', 'battery']);
    runner.saveQueue({ name: 'default', slots: null, mode: 'paused' });
    runner.hold('battery', null);
    runner.hold('network', 'No network.');
    expect(reasons()).toEqual(['queue-paused', 'network']);
    void runner.finish();
    expect(reasons()).toEqual(['finishing', 'network']);
  });

  it('has the counts of a batch that runs', async () => {
    const { runner } = await startBench();
    const batch = aJob({ items: { values: [1] } });
    await runner.submit([batch]);
    await settled();
    expect(runner.progress([batch.id])[0]?.batch?.counts).toMatchObject({ completed: 1, running: 1 });
  });

  it('leaves out what is not durable yet, has ended or is not known', async () => {
    const { runner, journal } = await startBench();
    const [over, coming] = [aJob(), aJob()];
    await runner.submit([over]);
    await runner.cancel([over.id]);
    await settled();
    journal.hold();
    void runner.submit([coming]);
    expect(runner.progress([over.id, coming.id, aJob().id])).toEqual([]);
  });
});
