import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import { ok } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Services } from '../../../../src-renderer/services/services.tsx';
import { jobActions } from '../../../../src-renderer/services/use-job-actions.ts';
import { useView } from '../../../../src-renderer/store/view-store.ts';
import { importJobs } from '../../../fakes/import-jobs.ts';
import { sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { countedReally, freshDatabase } from '../support.ts';

const initial = useView.getState();
afterEach(() => useView.setState(initial));

/** The actions over a history, and how many ids were handed to the runner at a time. */
function over(db = freshDatabase()) {
  const asked: number[] = [];
  const none = async ({ ids }: { ids: JobId[] }) => {
    asked.push(ids.length);
    return ok({ refused: [], requested: ids, unknown: [] });
  };
  const api = { suspendJobs: none, continueJobs: none, cancelJobs: none };
  const services = {
    ...{ api, db, info: { profileId: 'p' } },
    consumer: { pullNow: async () => {} },
    progress: { of: () => null },
  } as unknown as Services;
  return { actions: jobActions(services), asked, db };
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
