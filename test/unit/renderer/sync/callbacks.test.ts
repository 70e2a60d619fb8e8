import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import { approve } from '../../../../src-renderer/db/commands.ts';
import { readDeliveryCounts } from '../../../../src-renderer/db/counters.ts';
import { deliveriesOfJob } from '../../../../src-renderer/db/delivery-queries.ts';
import { resendAbandoned, sendCallbacks, targetsOf } from '../../../../src-renderer/sync/callbacks.ts';
import { catchUp } from '../../../../src-renderer/sync/pull.ts';
import { runJobs } from '../../../../src-renderer/sync/submit.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import { importJobs } from '../../../fakes/import-jobs.ts';
import { sampleJob } from '../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../support.ts';

/** A history in which so many callbacks were given up, and one was delivered. */
async function withAbandoned(count: number) {
  const { api, main } = createFakeJobdeck();
  const db = freshDatabase();
  const jobs = Array.from({ length: count + 1 }, (_, index) => ({
    ...sampleJob(index),
    callback_url: 'http://127.0.0.1:9/',
  }));
  main.slots = jobs.length;
  main.submit({ jobs, consent: 'author' });
  for (const job of jobs) main.finish(job.id);
  for (const job of jobs.slice(1)) {
    const [delivery] = main.callbacks.ofJob(job.id);
    if (delivery)
      main.record({ ...delivery, state: 'abandoned', reason: 'None of 10 attempts delivered it.' });
  }
  await catchUp(api, db);
  return { api, main, db, jobs };
}

describe('sending again', () => {
  it('sends with the record, which the runner may no longer have', async () => {
    const { api, main, db, jobs } = await withAbandoned(1);
    const [, job] = jobs;
    if (job === undefined) throw new Error('Expected a job.');
    expect(main.jobs).toEqual([]);
    const { rows } = await deliveriesOfJob(db, job.id, 1);
    const { sent } = await sendCallbacks({ api, db }, targetsOf(rows));
    expect(sent).toEqual(rows.map((row) => row.id));
    await catchUp(api, db);
    expect((await deliveriesOfJob(db, job.id, 9)).rows).toMatchObject([{ state: 'due' }]);
  });

  it('to another URL is a delivery of its own', async () => {
    const { api, db, jobs } = await withAbandoned(1);
    const [, job] = jobs;
    if (job === undefined) throw new Error('Expected a job.');
    const [row] = (await deliveriesOfJob(db, job.id, 1)).rows;
    const target = { jobId: job.id, deliveryId: row?.id ?? null, url: 'https://example.org/other' };
    await sendCallbacks({ api, db }, [target]);
    await catchUp(api, db);
    const { rows } = await deliveriesOfJob(db, job.id, 9);
    expect(rows.map(({ state, delivery }) => [state, delivery.url]).sort()).toEqual([
      ['abandoned', 'http://127.0.0.1:9/'],
      ['due', 'https://example.org/other'],
    ]);
  });
});

describe('sending all failed again', () => {
  it('sends each that was given up once, page by page, and says how far it is', async () => {
    const { api, db } = await withAbandoned(230);
    const send = vi.spyOn(api, 'sendCallbacks');
    const progress: number[] = [];
    const report = await resendAbandoned({ api, db }, { onProgress: (done) => progress.push(done) });
    expect(new Set(report.sent).size).toBe(230);
    expect(report.refused).toEqual([]);
    expect(progress).toEqual([100, 200, 230]);
    for (const [{ sends }] of send.mock.calls) expect(sends.length).toBeLessThanOrEqual(MAX_PAGE);
    await catchUp(api, db);
    expect(await readDeliveryCounts(db)).toMatchObject({ due: 230, abandoned: 0, delivered: 1 });
  });

  it('comes to an end where a receiver refuses at once', async () => {
    const { api, main, db } = await withAbandoned(150);
    const send = api.sendCallbacks;
    api.sendCallbacks = async (request) => {
      const answer = await send(request);
      for (const { id, jobId } of [...main.callbacks.deliveries.values()]) {
        const delivery = main.callbacks.find(id);
        if (delivery.state === 'due' && request.sends.some((each) => each.jobId === jobId)) {
          main.record({ ...delivery, state: 'abandoned', nextAttemptAt: null });
        }
      }
      await catchUp(api, db);
      return answer;
    };
    expect((await resendAbandoned({ api, db })).sent).toHaveLength(150);
  });

  it('stops between two pages when it is told to, and keeps what it has sent', async () => {
    const { api, db } = await withAbandoned(150);
    const stop = new AbortController();
    const report = await resendAbandoned(
      { api, db },
      { signal: stop.signal, onProgress: () => stop.abort() },
    );
    expect(report.sent).toHaveLength(100);
  });
});

it('approving an imported job allows the local place that was shown, and no other', async () => {
  const { api } = createFakeJobdeck();
  const db = freshDatabase();
  const local = { ...sampleJob(0), callback_url: 'http://nas:8080/done' };
  const distant = { ...sampleJob(1), callback_url: 'https://example.org/done' };
  await importJobs(db, [local, distant]);
  await approve(db, [local.id, distant.id]);
  const submit = vi.spyOn(api, 'submitJobs');
  await runJobs({ api, db }, [distant.id]);
  await runJobs({ api, db }, [local.id]);
  expect(submit.mock.calls.map(([request]) => request.localCallbacks)).toEqual([
    undefined,
    ['http://nas:8080'],
  ]);
});
