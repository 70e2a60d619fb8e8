import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { saveJobs } from '../../../../../src-renderer/db/commands.ts';
import { NEWEST_FIRST } from '../../../../../src-renderer/db/queries.ts';
import { inOrder } from '../../../../../src-renderer/features/export/in-order.ts';
import { sampleJob } from '../../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../../support.ts';

it('puts selected jobs in the order of a list, whichever was selected first, and leaves out what is gone', async () => {
  const db = freshDatabase();
  const jobs = [1, 2, 3].map((day) => ({ ...sampleJob(day), created_at: `2026-01-0${day}T00:00:00Z` }));
  await saveJobs(
    db,
    jobs.map((job) => ({ job, facts: { origin: 'author' } })),
  );
  const oldestFirst = jobs.map(({ id }) => id);
  const ids = [2, 9, 3, 1].map((day) => sampleJob(day).id);
  expect(await inOrder(db, { ids }, NEWEST_FIRST)).toEqual({ ids: oldestFirst.toReversed() });
  expect(await inOrder(db, { ids }, { column: 'created', direction: 'asc' })).toEqual({ ids: oldestFirst });
});

it('leaves a view as it is', async () => {
  const view = { filter: 'all', search: '', sort: NEWEST_FIRST } as const;
  expect(await inOrder(freshDatabase(), { view }, NEWEST_FIRST)).toEqual({ view });
});
