import { describe, expect, it } from 'vitest';
import { NO_ANSWER } from '../../../fakes/fake-callback-sender.ts';
import { createBench } from '../../../fakes/runner-bench.ts';
import { deliveryOf, endJob, endJobs, startCallbackBench, URL_A } from './support.ts';

const LOCAL = 'http://192.168.0.7:8080/done';

describe('what an earlier life left', () => {
  it('a callback of a version that knew no deliveries gets one at the start, and is sent', async () => {
    const before = await startCallbackBench({ callbackSettings: { callbackEnds: [] } });
    const jobs = await endJobs(before, 230, URL_A);
    const { disk } = before.journal;
    for (const kept of disk.jobs.values()) kept.callback = 'due';
    const bench = createBench({ disk });
    await bench.runner.start();
    expect(bench.runner.status().callbacksDue).toBeGreaterThan(0);
    await bench.runner.idle();
    expect(bench.sender.posts.map(({ message }) => message.job_id).sort()).toEqual(
      jobs.map(({ id }) => id).sort(),
    );
    expect(bench.journal.callbacksDue()).toEqual([]);
  });

  it('a held one that was allowed when a crash came is due at the start', async () => {
    const before = await startCallbackBench();
    before.sender.automatic = { ...NO_ANSWER, outcome: 'local' };
    const jobs = await endJobs(before, 120, LOCAL);
    const other = await endJob(before, 'http://10.0.0.1/');
    before.deliveries.allow(['http://192.168.0.7:8080']);
    const bench = createBench({ disk: before.journal.disk });
    await bench.runner.start();
    for (let page = 0; page < 3; page += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      bench.clock.advance(0);
    }
    await bench.runner.callbacks.settled();
    expect(jobs.map(({ id }) => deliveryOf(bench, id).state)).toEqual(jobs.map(() => 'delivered'));
    expect(deliveryOf(bench, other.id).state).toBe('held');
  });
});
