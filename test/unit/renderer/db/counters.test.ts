import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { JOB_STATUSES, type JobStatus } from '#shared/job/batch-job.ts';
import { applyRecords } from '../../../../src-renderer/db/apply-records.ts';
import { approve, purge, restore, saveJob, trash } from '../../../../src-renderer/db/commands.ts';
import { readCounts } from '../../../../src-renderer/db/counters.ts';
import { interruptLost } from '../../../../src-renderer/db/interrupt-lost.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import { importJobs } from '../../../fakes/import-jobs.ts';
import { sampleJob, sampleJobIn, seededRandom } from '../../../fakes/sample-jobs.ts';
import { countedReally, facetsCounted, facetsKept, freshDatabase } from '../support.ts';

it.each([1, 2, 3, 4])('the counters are what counting gives after any operations (seed %d)', async (seed) => {
  const db = freshDatabase();
  const { api } = createFakeJobdeck();
  const random = seededRandom(seed);
  const upTo = (end: number) => Math.floor(random() * end);
  const status = (): JobStatus => JOB_STATUSES[upTo(JOB_STATUSES.length)] ?? 'created';
  const some = () => Array.from({ length: 1 + upTo(5) }, () => upTo(25));
  const ids = () => some().map((index) => sampleJob(index).id);
  let seq = 0;
  const operations: (() => Promise<unknown>)[] = [
    () =>
      importJobs(
        db,
        some().map((index) => sampleJobIn(status(), index)),
      ),
    () =>
      saveJob(db, sampleJob(upTo(25)), { origin: 'author' }).catch((error) =>
        expect(error.code).toBe('conflict'),
      ),
    () => {
      const records = some().map((index) => ({ seq: ++seq, job: sampleJobIn(status(), index) }));
      return applyRecords(db, { journalId: `journal-${upTo(2)}`, head: seq }, records, null);
    },
    () => trash(db, ids()),
    () => restore(db, ids()),
    () => approve(db, ids()),
    () => purge(db, api, ids()),
    () => interruptLost(db, new Set(ids())),
  ];
  for (let step = 0; step < 120; step += 1) {
    await operations[upTo(operations.length)]?.();
    expect(await readCounts(db)).toEqual(await countedReally(db));
    expect(await facetsKept(db)).toEqual(await facetsCounted(db));
  }
});

it('a change that fails leaves rows and counters as they were', async () => {
  const db = freshDatabase();
  await importJobs(db, [sampleJob(0)]);
  const stop = () => {
    throw new Error('No.');
  };
  db.counters.hook('updating', stop);
  await expect(importJobs(db, [sampleJob(1)])).rejects.toThrow('No.');
  db.counters.hook('updating').unsubscribe(stop);
  expect(await readCounts(db)).toEqual(await countedReally(db));
  expect(await db.jobs.toCollection().primaryKeys()).toHaveLength(1);
});
