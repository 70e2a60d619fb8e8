import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { rerunFailedOf } from '#shared/job/new-job.ts';
import { saveJob } from '../../../../../../src-renderer/db/commands.ts';
import { jobById } from '../../../../../../src-renderer/db/queries.ts';
import { rerunChain } from '../../../../../../src-renderer/features/job-detail/items/rerun-chain.ts';
import { sampleJob, sampleUuid } from '../../../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../../../support.ts';

const origin = (n: number) => ({ now: sampleJob(0).created_at, uuid: () => sampleUuid(n), by: null });
const first = sampleJob(0);
const second = rerunFailedOf(first, origin(901));
const third = rerunFailedOf(second, origin(902));

async function historyOf(...jobs: BatchJob[]) {
  const db = freshDatabase();
  for (const job of jobs) await saveJob(db, job, { origin: 'author' });
  const chainOf = async (job: BatchJob) => {
    const row = await jobById(db, job.id);
    if (row === undefined) throw new Error(`Expected ${job.id} in the history.`);
    return rerunChain(db, row);
  };
  return { chainOf };
}

it('leads from the first batch to the one that is asked for', async () => {
  const { chainOf } = await historyOf(first, second, third);
  expect(await chainOf(third)).toEqual([first.id, second.id, third.id]);
  expect(await chainOf(first)).toEqual([first.id]);
});

it('begins where the history begins', async () => {
  const { chainOf } = await historyOf(second, third);
  expect(await chainOf(third)).toEqual([second.id, third.id]);
});

it('ends in a circle of records that name each other', async () => {
  const circle = {
    ...second,
    metadata: { jobdeck: { version: 1, items: { failed_of: third.id } } },
  } as const;
  const { chainOf } = await historyOf(circle, third);
  expect(await chainOf(third)).toEqual([second.id, third.id]);
});
