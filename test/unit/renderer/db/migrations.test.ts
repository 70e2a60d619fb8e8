import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import type { JobStatus } from '#shared/job/batch-job.ts';
import { JOB_STATUSES } from '#shared/job/batch-job.ts';
import { readCounts } from '../../../../src-renderer/db/counters.ts';
import { type JobdeckDatabase, openDatabase } from '../../../../src-renderer/db/database.ts';
import { MIGRATIONS } from '../../../../src-renderer/db/migrations.ts';
import { moveOldRows } from '../../../../src-renderer/db/move-old-rows.ts';
import { jobById, jobsPage } from '../../../../src-renderer/db/queries.ts';
import { toRow } from '../../../../src-renderer/db/to-row.ts';
import { sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { countedReally, facetsCounted, facetsKept, idsOf } from '../support.ts';

/** A history as a version before 3 wrote it: rows without what version 3 added. */
async function oldHistory(version: number, count: number): Promise<string> {
  const name = `test-${crypto.randomUUID()}`;
  const db = new Dexie(name);
  for (const migration of MIGRATIONS.filter((each) => each.version <= version)) {
    db.version(migration.version).stores(migration.stores);
  }
  const statuses: readonly JobStatus[] = JOB_STATUSES;
  const rows = Array.from({ length: count }, (_, index) => {
    const job = sampleJobIn(statuses[index % statuses.length] ?? 'created', index);
    const deletedAtMs = index % 11 === 5 ? 1000 + index : 0;
    const facts = {
      origin: index % 2 ? ('author' as const) : ('imported' as const),
      approvedAtMs: index % 3 ? null : 5,
      deletedAtMs,
      journalId: 'journal',
      seq: index + 1,
    };
    const { importId, endedAtMs, durationMs, nameKey, kindKey, ...old } = toRow(job, facts);
    return { ...old, words: [job.id.toLowerCase()], key: index + 1 };
  });
  const buckets = new Map<string, number>();
  for (const { bucket } of rows) buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
  await db.table('jobs').bulkAdd(rows);
  await db
    .table('counters')
    .bulkAdd([...buckets].map(([counter, total]) => ({ name: counter, count: total })));
  await db.table('meta').bulkAdd([
    { name: 'next-key', value: count + 1 },
    { name: 'outbox-cursor', value: { journalId: 'journal', seq: count } },
  ]);
  if (version >= 2) {
    await db
      .table('deliveries')
      .add({ id: 'msg_0', jobId: rows[0]?.id, state: 'due', updatedAtMs: 1, host: '' });
  }
  db.close();
  return name;
}

async function checkWhole(db: JobdeckDatabase, count: number) {
  const rows = await db.jobs.toArray();
  expect(rows).toHaveLength(count);
  for (const [index, row] of rows.entries()) {
    expect(row).toMatchObject({
      ...toRow(row.job, { ...row }),
      words: expect.any(Array),
      key: index + 1,
      origin: index % 2 ? 'author' : 'imported',
      approvedAtMs: index % 3 ? null : 5,
      deletedAtMs: index % 11 === 5 ? 1000 + index : 0,
      seq: index + 1,
      importId: null,
    });
  }
  expect(await db.table('jobs').count()).toBe(0);
  expect(await readCounts(db)).toEqual(await countedReally(db));
  expect(await facetsKept(db)).toEqual(await facetsCounted(db));
  const listed = rows.filter((row) => row.listed === 1).map((row) => row.id);
  expect((await idsOf(db)).sort()).toEqual(listed.sort());
}

describe.each([1, 2])('a history of version %d', (version) => {
  it('is whole after the move: rows, facts, keys, counters, cursor and what else is in it', async () => {
    const db = openDatabase(await oldHistory(version, 1203));
    const progress: number[] = [];
    expect(await moveOldRows(db, (done, total) => progress.push(done / total))).toBe(1203);
    expect(progress.at(-1)).toBe(1);
    await checkWhole(db, 1203);
    expect((await db.meta.get('outbox-cursor'))?.value).toEqual({ journalId: 'journal', seq: 1203 });
    expect(await db.deliveries.count()).toBe(version >= 2 ? 1 : 0);
    expect(await jobsPage(db, { filter: 'all', search: 'tag:photos' }, { limit: 1 })).toMatchObject({
      rows: [expect.anything()],
    });
  });

  it('goes on where a crash ended the move, with nothing lost and nothing twice', async () => {
    const name = await oldHistory(version, 1203);
    const crashed = openDatabase(name);
    const stop = () => {
      throw new Error('Gone.');
    };
    let pages = 0;
    const crash = () => {
      pages += 1;
      if (pages === 2) crashed.facets.hook('updating', stop);
    };
    await expect(moveOldRows(crashed, crash)).rejects.toThrow('Gone.');
    expect(await crashed.jobs.count()).toBe(1000);
    crashed.close();

    const db = openDatabase(name);
    expect(await moveOldRows(db)).toBe(203);
    await checkWhole(db, 1203);
    expect(await moveOldRows(db)).toBe(0);
  });
});

it('leaves a row that can not be read where it is, and moves all others', async () => {
  const name = await oldHistory(2, 10);
  const damaged = openDatabase(name);
  await damaged.table('jobs').update(4, { job: 'no record' });
  expect(await moveOldRows(damaged)).toBe(9);
  expect(await damaged.table('jobs').toCollection().primaryKeys()).toEqual([4]);
  expect(await readCounts(damaged)).toEqual(await countedReally(damaged));
  expect(await moveOldRows(damaged)).toBe(0);
});

it('an empty history opens in one step, ready for rows', async () => {
  const db = openDatabase(await oldHistory(2, 0));
  expect(await moveOldRows(db)).toBe(0);
  const job = sampleJobIn('completed', 0);
  const { saveJob } = await import('../../../../src-renderer/db/commands.ts');
  await saveJob(db, job, { origin: 'author' });
  expect((await jobById(db, job.id))?.job).toEqual(job);
});
