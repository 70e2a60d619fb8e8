import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { saveJob } from '../../../../src-renderer/db/commands.ts';
import { readCounts } from '../../../../src-renderer/db/counters.ts';
import { type JobdeckDatabase, openDatabase } from '../../../../src-renderer/db/database.ts';
import { deliveriesPage } from '../../../../src-renderer/db/delivery-queries.ts';
import { beginUndo, type UndoCounts, undoPage } from '../../../../src-renderer/db/import-undo.ts';
import { listImports } from '../../../../src-renderer/db/imports.ts';
import { BLANK } from '../../../../src-renderer/db/job-row.ts';
import { moveOldRows } from '../../../../src-renderer/db/move-old-rows.ts';
import { jobById } from '../../../../src-renderer/db/queries.ts';
import { ROWS_A_TRANSACTION } from '../../../../src-renderer/db/write-rows.ts';
import { sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { countedReally, facetsCounted, facetsKept, idsOf } from '../support.ts';

/** What the tests need to know of a row of those versions. */
interface OldRow {
  key: number;
  id: string;
  bucket: string;
  listed: 0 | 1;
  tags: string[];
  words: string[];
  job: BatchJob;
}

interface OldHistory {
  stores: Record<string, string>;
  rows: { jobs: OldRow[]; meta: { name: string }[]; deliveries?: { delivery: object }[] };
}

/** As those versions wrote them. Never to be made anew with what writes rows today. */
const HISTORIES = { 1: frozen(1), 2: frozen(2) };

function frozen<Rows = OldHistory['rows']>(version: number): { stores: Record<string, string>; rows: Rows } {
  const file = new URL(`../../../fixtures/history-version-${version}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** So many rows: each of the frozen ones again and again, under an id and a key of its own. */
function oldRows(version: 1 | 2, count: number): OldRow[] {
  const { jobs } = HISTORIES[version].rows;
  return Array.from({ length: count }, (_, index) => {
    const row = jobs[index % jobs.length] as OldRow;
    const id = index < jobs.length ? row.id : `${row.id.slice(0, -8)}${String(index).padStart(8, '0')}`;
    return { ...JSON.parse(JSON.stringify(row).replaceAll(row.id, id)), key: index + 1, seq: index + 1 };
  });
}

/** A history as a version before 3 left it. */
async function oldHistory(version: 1 | 2, rows: readonly object[]): Promise<string> {
  const name = `test-${crypto.randomUUID()}`;
  const { stores, rows: written } = HISTORIES[version];
  const db = new Dexie(name);
  db.version(version).stores(stores);
  const counts = new Map<unknown, number>();
  for (const row of rows) {
    const bucket = 'bucket' in row ? row.bucket : undefined;
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  await db.table('jobs').bulkAdd(rows);
  await db.table('counters').bulkAdd([...counts].map(([bucket, count]) => ({ name: bucket, count })));
  await db
    .table('meta')
    .bulkAdd([
      { name: 'next-key', value: rows.length + 1 },
      ...written.meta.filter((row) => row.name === 'outbox-cursor'),
    ]);
  if (written.deliveries) await db.table('deliveries').bulkAdd(written.deliveries);
  db.close();
  return name;
}

async function checkWhole(db: JobdeckDatabase, before: readonly OldRow[]) {
  const rows = await db.jobs.toArray();
  expect(rows).toHaveLength(before.length);
  for (const [index, row] of rows.entries()) {
    const { words, ...kept } = before[index] as OldRow;
    expect(row).toMatchObject({ ...kept, importId: null });
  }
  expect(await db.table('jobs').count()).toBe(0);
  expect(await readCounts(db)).toEqual(await countedReally(db));
  expect(await facetsKept(db)).toEqual(await facetsCounted(db));
  const listed = before.filter((row) => row.listed === 1);
  expect((await idsOf(db)).sort()).toEqual(listed.map((row) => row.id).sort());
  const photos = listed.filter((row) => row.tags.includes('photos'));
  expect((await idsOf(db, { search: 'tag:photos' })).sort()).toEqual(photos.map((row) => row.id).sort());
  const sorted = await idsOf(db, { sort: { column: 'duration', direction: 'asc' } });
  expect(sorted.sort()).toEqual(listed.map((row) => row.id).sort());
}

describe.each([1, 2] as const)('a history of version %d', (version) => {
  it('is whole after the move: rows, facts, keys, counters, cursor and what else is in it', async () => {
    const before = oldRows(version, 1203);
    const db = openDatabase(await oldHistory(version, before));
    const progress: number[] = [];
    const moving = moveOldRows(db, (done, total) => progress.push(done / total));
    expect(await moving).toEqual({ moved: 1203, left: 0 });
    expect(progress.at(-1)).toBe(1);
    await checkWhole(db, before);
    expect((await db.meta.get('outbox-cursor'))?.value).toEqual({ journalId: 'journal-1', seq: 4 });
    const view = { state: null, host: null, text: 'night', sinceMs: null };
    const { rows } = await deliveriesPage(db, view, { limit: 10 });
    expect(rows.map(({ delivery }) => delivery)).toEqual(
      HISTORIES[version].rows.deliveries?.map(({ delivery }) => delivery) ?? [],
    );
  });

  it('goes on where a crash ended the move, with nothing lost and nothing twice', async () => {
    const before = oldRows(version, 1203);
    const name = await oldHistory(version, before);
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
    expect(await crashed.jobs.count()).toBe(2 * ROWS_A_TRANSACTION);
    crashed.close();

    const db = openDatabase(name);
    expect(await moveOldRows(db)).toEqual({ moved: 1203 - 2 * ROWS_A_TRANSACTION, left: 0 });
    await checkWhole(db, before);
    expect(await moveOldRows(db)).toEqual({ moved: 0, left: 0 });
  });

  it('loses no other row to some that can not be read: those are counted, and stay where they are', async () => {
    const before = oldRows(version, 20);
    const damage: readonly [number, (job: BatchJob) => unknown][] = [
      [4, () => 'no record'],
      [7, ({ created_at, ...job }) => job],
      [9, (job) => ({ ...job, metadata: { jobdeck: { ...job.metadata?.jobdeck, tags: 5 } } })],
      [11, (job) => ({ ...job, metadata: { jobdeck: { name: { first: 'x' } } } })],
    ];
    const keys = damage.map(([key]) => key);
    const name = await oldHistory(
      version,
      before.map((row) => {
        const [, damaged] = damage.find(([key]) => key === row.key) ?? [];
        return damaged === undefined ? row : { ...row, job: damaged(row.job) };
      }),
    );
    const db = openDatabase(name);
    expect(await moveOldRows(db)).toEqual({ moved: 16, left: 4 });
    expect(await db.table('jobs').toCollection().primaryKeys()).toEqual(keys);
    expect(await db.jobs.toCollection().primaryKeys()).toEqual(
      before.map(({ key }) => key).filter((key) => !keys.includes(key)),
    );
    expect(await readCounts(db)).toEqual(await countedReally(db));
    // They are told once.
    expect(await moveOldRows(db)).toEqual({ moved: 0, left: 0 });
  });
});

describe('a history of version 3', () => {
  const { stores, rows } = frozen<Record<string, Record<string, unknown>[]>>(3);

  async function opened(): Promise<JobdeckDatabase> {
    const name = `test-${crypto.randomUUID()}`;
    const db = new Dexie(name);
    db.version(3).stores(stores);
    for (const [table, written] of Object.entries(rows)) await db.table(table).bulkAdd(written.map(thawed));
    db.close();
    return openDatabase(name);
  }

  it('opens whole, without the index of imports', async () => {
    const db = await opened();
    expect(await db.jobs.toArray()).toEqual(rows.history?.map(thawed));
    expect(db.jobs.schema.indexes.map(({ name }) => name)).not.toContain('importId');
    expect(await idsOf(db, { search: 'tag:papers theirs' })).toHaveLength(1);
    expect(await readCounts(db)).toEqual(await countedReally(db));
  });

  it('lets an import be found and undone that came when rows had the whole of its id', async () => {
    const db = await opened();
    const [brought] = await listImports(db);
    const id = brought?.id ?? '';
    expect(await idsOf(db, { search: `import:${id.slice(0, 8)}` })).toHaveLength(3);
    expect(await idsOf(db, { search: `import:"${id}"` })).toHaveLength(3);
    await beginUndo(db, id);
    const undone: UndoCounts[] = [];
    for (let page = await undoPage(db, id); page !== null; page = await undoPage(db, id)) undone.push(page);
    expect(undone).toEqual([
      { removed: 0, putBack: 1, kept: 0 },
      { removed: 2, putBack: 0, kept: 0 },
    ]);
    expect((await db.jobs.toArray()).map(({ name }) => name)).toEqual([
      'Checksum photos',
      'Résumé of papers',
    ]);
  });
});

/** JSON has no number for what is missing. */
function thawed(row: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(row), (_key, value) => (value === '-Infinity' ? BLANK : value));
}

it('an empty history opens in one step, ready for rows', async () => {
  const db = openDatabase(await oldHistory(2, []));
  expect(await moveOldRows(db)).toEqual({ moved: 0, left: 0 });
  const job = sampleJobIn('completed', 0);
  await saveJob(db, job, { origin: 'author' });
  expect((await jobById(db, job.id))?.job).toEqual(job);
});
