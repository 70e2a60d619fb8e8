import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import { newJob, rerunFailedOf } from '#shared/job/new-job.ts';
import { approve, saveJob, saveJobs, trash } from '../../../../src-renderer/db/commands.ts';
import { jobById, viewCounts } from '../../../../src-renderer/db/queries.ts';
import { catchUp } from '../../../../src-renderer/sync/pull.ts';
import { cancelJobs, runAgain, runJobs } from '../../../../src-renderer/sync/submit.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import { importJobs } from '../../../fakes/import-jobs.ts';
import { SAMPLE_PROFILE_ID, sampleHistory, sampleJob, sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../support.ts';

const done = sampleJobIn('completed', 7);
const [written, imported, third] = [sampleJob(0), sampleJob(1), sampleJob(2)];

async function context() {
  const { api, main } = createFakeJobdeck();
  const db = freshDatabase();
  await saveJob(db, written, { origin: 'author' });
  await importJobs(db, [imported]);
  const submit = vi.spyOn(api, 'submitJobs');
  return { api, main, db, submit };
}

describe('running', () => {
  it('hands over what was written here, and gives back what was imported and not approved', async () => {
    const { api, main, db, submit } = await context();
    const report = await runJobs({ api, db }, [written.id, imported.id]);
    expect(report).toMatchObject({ submitted: [written.id], refused: [] });
    expect(report.needsApproval.map((row) => row.id)).toEqual([imported.id]);
    expect(submit.mock.calls).toEqual([[{ jobs: [written], consent: 'author' }]]);
    expect(main.jobs.map((job) => job.id)).toEqual([written.id]);
  });

  it('hands over what was approved as reviewed', async () => {
    const { api, db, submit } = await context();
    await approve(db, [imported.id]);
    expect((await runJobs({ api, db }, [imported.id])).submitted).toEqual([imported.id]);
    expect(submit.mock.calls).toEqual([[{ jobs: [imported], consent: 'reviewed' }]]);
  });

  it('approves on the way where the person was shown what would run', async () => {
    const { api, db } = await context();
    const report = await runJobs({ api, db }, [imported.id, written.id], 'reviewed');
    expect(report.submitted.sort()).toEqual([written.id, imported.id].sort());
    expect((await jobById(db, imported.id))?.approvedAtMs).not.toBeNull();
    expect((await jobById(db, written.id))?.approvedAtMs).toBeNull();
  });

  it('tells the runner which of the jobs that these wait for have ended', async () => {
    const { api, db, submit } = await context();
    const waits = newJob(
      { after: [done.id, third.id], task: { kind: 'command', program: 'true' } },
      { now: written.created_at, uuid: () => crypto.randomUUID(), by: SAMPLE_PROFILE_ID },
    );
    await saveJob(db, done, { origin: 'author' });
    await saveJob(db, waits, { origin: 'author' });
    await runJobs({ api, db }, [waits.id]);
    expect(submit.mock.calls).toEqual([
      [{ jobs: [waits], consent: 'author', ended: [{ id: done.id, status: 'completed' }] }],
    ]);
  });

  it('hands over no more jobs at once than may name what they wait for', async () => {
    const { api, db, submit } = await context();
    const origin = { now: written.created_at, uuid: () => crypto.randomUUID(), by: SAMPLE_PROFILE_ID };
    const many = Array.from({ length: MAX_PAGE + 1 }, () => third.id);
    const waiting = [[done.id], many, [done.id], [done.id]].map((after) =>
      newJob({ after, task: { kind: 'command', program: 'true' } }, origin),
    );
    await saveJobs(
      db,
      waiting.map((job) => ({ job, facts: { origin: 'author' } })),
    );
    const order = waiting.map(({ id }) => id);
    await runJobs({ api, db }, order);
    const asked = submit.mock.calls.map(([{ jobs }]) => jobs.map(({ id }) => order.indexOf(id)));
    expect(asked).toEqual([[0], [1], [2, 3]]);
  });

  it('the consent of an author does not run what was imported', async () => {
    const { api, db, submit } = await context();
    expect((await runJobs({ api, db }, [imported.id], 'author')).needsApproval).toHaveLength(1);
    expect(submit).not.toHaveBeenCalled();
  });

  it.each([
    ['is active', 'pending', /already pending/u],
    ['has ended', 'failed', /Run again/u],
  ] as const)('refuses a job that %s, with the reason', async (_, status, reason) => {
    const { api, main, db } = await context();
    main.slots = 0;
    await runJobs({ api, db }, [written.id]);
    if (status === 'failed') {
      main.slots = 1;
      main.submit({ jobs: [], consent: 'author' });
      main.finish(written.id, 3);
    }
    await catchUp(api, db);
    const { submitted, refused } = await runJobs({ api, db }, [written.id]);
    expect(submitted).toEqual([]);
    expect(refused).toEqual([{ id: written.id, message: expect.stringMatching(reason) }]);
  });

  it('refuses what has no task, what is in the trash and what is unknown', async () => {
    const { api, db, submit } = await context();
    const bare = sampleJob(3, { name: 'Bare', task: undefined });
    await saveJob(db, bare, { origin: 'author' });
    await trash(db, [written.id]);
    const { refused } = await runJobs({ api, db }, [bare.id, written.id, third.id]);
    expect(new Map(refused.map(({ id, message }) => [id, message]))).toEqual(
      new Map([
        [bare.id, '"Bare" has no task. Give it one to run it.'],
        [written.id, '"Checksum photos" is deleted. Undo the deletion to run it.'],
        [third.id, `${third.id} is no longer in the history.`],
      ]),
    );
    expect(submit).not.toHaveBeenCalled();
  });

  it('tells what the runner refused, in its words', async () => {
    const { api, db, submit } = await context();
    const error = { code: 'unsupported', message: 'Not on this machine.' } as const;
    submit.mockResolvedValueOnce({
      ok: true,
      value: { accepted: [], refused: [{ id: written.id, error }] },
    });
    const { refused } = await runJobs({ api, db }, [written.id]);
    expect(refused).toEqual([{ id: written.id, message: error.message }]);
  });

  it('sends no more in one message than the bridge takes', async () => {
    const { api, db, submit } = await context();
    const jobs = Array.from({ length: 1001 }, (_, index) => sampleJob(index + 10));
    await importJobs(db, jobs);
    const ids = jobs.map((job) => job.id);
    const { submitted } = await runJobs({ api, db }, [...ids, ...ids], 'reviewed');
    expect(submitted).toHaveLength(1001);
    expect(submit.mock.calls.map(([request]) => request.jobs.length)).toEqual([1000, 1]);
  });
});

describe('running again', () => {
  it('makes of a batch another one of what failed, where that is asked for', async () => {
    const { api, main, db } = await context();
    const { submitted } = await runAgain({ api, db }, [written.id], SAMPLE_PROFILE_ID, rerunFailedOf);
    expect(submitted).toHaveLength(1);
    expect(main.jobs[0]?.metadata?.jobdeck).toMatchObject({
      rerun_of: written.id,
      items: { failed_of: written.id },
    });
  });

  it('makes a new job that names the earlier one, and runs it', async () => {
    const { api, main, db } = await context();
    await runJobs({ api, db }, [written.id]);
    main.finish(written.id);
    await catchUp(api, db);
    const { submitted } = await runAgain({ api, db }, [written.id], SAMPLE_PROFILE_ID);
    expect(submitted).toHaveLength(1);
    const [id] = submitted;
    const again = id && (await jobById(db, id));
    expect(again).toMatchObject({
      origin: 'author',
      job: { created_by_id: SAMPLE_PROFILE_ID, metadata: { jobdeck: { rerun_of: written.id } } },
    });
    expect((await jobById(db, written.id))?.status).toBe('completed');
  });

  it('of an imported job that is not approved makes nothing and asks first', async () => {
    const { api, db, submit } = await context();
    const foreign = sampleJobIn('completed', 5);
    await importJobs(db, [foreign]);
    const report = await runAgain({ api, db }, [foreign.id], SAMPLE_PROFILE_ID);
    expect(report.needsApproval.map((row) => row.id)).toEqual([foreign.id]);
    expect(submit).not.toHaveBeenCalled();
    expect((await viewCounts(db)).all).toBe(3);
  });

  it('of an approved job needs no new approval', async () => {
    const { api, db, submit } = await context();
    await approve(db, [imported.id], 5);
    const { submitted } = await runAgain({ api, db }, [imported.id], SAMPLE_PROFILE_ID);
    const [id] = submitted;
    expect(id && (await jobById(db, id))).toMatchObject({ origin: 'imported', approvedAtMs: 5 });
    expect(submit.mock.calls[0]?.[0].consent).toBe('reviewed');
  });
});

describe('cancelling', () => {
  it('asks in pages, and tells which jobs the runner does not have', async () => {
    const { api, main, db } = await context();
    await runJobs({ api, db }, [written.id]);
    const others = sampleHistory(1000).map((job) => job.id);
    const ids = [...new Set([written.id, ...others, third.id])];
    const { requested, unknown } = await cancelJobs({ api }, ids);
    expect(requested).toEqual([written.id]);
    expect(unknown).toHaveLength(ids.length - 1);
    expect(main.job(written.id).status).toBe('cancelled');
  });
});
