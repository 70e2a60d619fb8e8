import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import { ok } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { saveJobs } from '../../../../src-renderer/db/commands.ts';
import type { Services } from '../../../../src-renderer/services/services.tsx';
import { jobActions } from '../../../../src-renderer/services/use-job-actions.ts';
import { useEdits } from '../../../../src-renderer/store/edits-store.ts';
import { useView } from '../../../../src-renderer/store/view-store.ts';
import { importJobs } from '../../../fakes/import-jobs.ts';
import { sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { countedReally, freshDatabase } from '../support.ts';

const initial = useView.getState();
afterEach(() => useView.setState(initial));

/** The actions over a history, how many ids were handed to the runner at a time, and what it was given to run. */
function over(db = freshDatabase()) {
  const asked: number[] = [];
  const none = async ({ ids }: { ids: JobId[] }) => {
    asked.push(ids.length);
    return ok({ refused: [], requested: ids, unknown: [] });
  };
  const submitted: JobId[] = [];
  const submitJobs = async ({ jobs }: { jobs: { id: JobId }[] }) => {
    submitted.push(...jobs.map(({ id }) => id));
    return ok({ accepted: jobs.map(({ id }) => id), refused: [] });
  };
  const api = { suspendJobs: none, continueJobs: none, cancelJobs: none, submitJobs };
  const services = {
    ...{ api, db, info: { profileId: 'p' } },
    consumer: { pullNow: async () => {} },
    progress: { of: () => null },
  } as unknown as Services;
  return { actions: jobActions(services), asked, submitted, db };
}

describe('what is asked of selected jobs', () => {
  it('reaches those that are still in the view, and no other', async () => {
    const { actions, db } = over();
    const failed = sampleJobIn('failed', 1);
    const cancelled = sampleJobIn('cancelled', 2);
    await importJobs(db, [failed, cancelled]);
    useView.getState().setFilter('failed');
    await actions.toSelected('remove', [failed.id, cancelled.id]);
    expect(await countedReally(db)).toMatchObject({ trash: 1, cancelled: 1, failed: 0 });
  });

  it('goes to the runner in messages that it takes, however many they are', async () => {
    const { actions, asked } = over();
    const ids = Array.from({ length: 2500 }, (_, index) => `job-${index}` as JobId);
    await actions.suspend(ids);
    await actions.resume(ids);
    await actions.cancel(ids);
    const pages = [MAX_PAGE, MAX_PAGE, 500];
    expect(asked).toEqual([...pages, ...pages, ...pages]);
  });
});

describe('a job with changes that are not saved', () => {
  it('does not run, while the others do', async () => {
    const { actions, db, submitted } = over();
    const [one, other] = [sampleJobIn('created', 1), sampleJobIn('created', 2)];
    await saveJobs(
      db,
      [one, other].map((job) => ({ job, facts: { origin: 'author' as const } })),
    );
    useEdits.getState().setEdit(one.id, '{}');
    await actions.run([one.id, other.id]);
    await actions.runReviewed([one.id]);
    expect(submitted).toEqual([other.id]);
    useEdits.getState().setEdit(one.id, null);
    await actions.run([one.id]);
    expect(submitted).toEqual([other.id, one.id]);
  });
});
