import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { applyRecords } from '../../../../src-renderer/db/apply-records.ts';
import { approve, saveJobs, updateCreatedJob } from '../../../../src-renderer/db/commands.ts';
import type { JobdeckDatabase } from '../../../../src-renderer/db/database.ts';
import { beginImport, finishImport } from '../../../../src-renderer/db/imports.ts';
import { jobById } from '../../../../src-renderer/db/queries.ts';
import { trashForRestore } from '../../../../src-renderer/db/restore-page.ts';
import { undoImport } from '../../../../src-renderer/sync/imports/undo-import.ts';
import { sampleJob, sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../support.ts';
import { bring, changed, dump } from './imports-support.ts';

/** A job that ran here. */
const RAN: BatchJob = { ...sampleJobIn('completed', 1), callback_url: 'https://example.org/' };
/** What an import brings in its place: the same job as it was before it ran, to be run again. */
const BROUGHT: BatchJob = { ...sampleJob(1), callback_url: 'https://example.org/' };
/** What the runner says of the first once its callback went out. */
const TOLD: BatchJob = { ...RAN, callback_sent_at: '2026-11-02T00:00:00Z', callback_status_code: 204 };

async function tell(db: JobdeckDatabase, seq: number, job: BatchJob): Promise<void> {
  await applyRecords(db, { journalId: 'j', head: seq }, [{ seq, job }], null);
}

async function replaced(): Promise<{ db: JobdeckDatabase; importId: string }> {
  const db = freshDatabase();
  await tell(db, 5, RAN);
  return { db, importId: await bring(db, [[BROUGHT]], 'theirs') };
}

type Deed = (db: JobdeckDatabase) => Promise<unknown>;
const edit: Deed = (db) => updateCreatedJob(db, changed(BROUGHT, 'https://edited.test/'));
const allow: Deed = (db) => approve(db, [BROUGHT.id]);

const DEEDS: readonly [string, readonly Deed[]][] = [
  ['as it came', []],
  ['edited', [edit]],
  ['approved', [allow]],
  ['approved and edited', [allow, edit]],
];

describe('what the runner says late of a job that an import replaced', () => {
  it.each(DEEDS)('leaves what is there now alone: %s', async (_how, deeds) => {
    const { db } = await replaced();
    for (const deed of deeds) await deed(db);
    const before = await jobById(db, RAN.id);
    await tell(db, 6, TOLD);
    await tell(db, 6, TOLD);
    expect(await jobById(db, RAN.id)).toEqual(before);
  });

  it('is what undoing the import of an approved job brings back', async () => {
    const { db, importId } = await replaced();
    await allow(db);
    await tell(db, 6, TOLD);
    expect(await undoImport(db, importId)).toMatchObject({ putBack: 1, kept: 0 });
    expect(await jobById(db, RAN.id)).toMatchObject({ job: TOLD, seq: 6, importId: null });
  });

  it('finds its own among several that were replaced', async () => {
    const { db, importId } = await replaced();
    await allow(db);
    const again = { ...RAN, completed_at: '2026-11-03T00:00:00Z' };
    await tell(db, 7, again);
    const second = await bring(db, [[changed(BROUGHT, 'https://third.test/')]], 'theirs');
    await tell(db, 8, { ...again, callback_status_code: 500 });
    await undoImport(db, second);
    expect(await jobById(db, RAN.id)).toMatchObject({ seq: 8, job: { callback_status_code: 500 } });
    expect((await db.replaced.get([importId, RAN.id]))?.row).toMatchObject({ seq: 5, job: RAN });
  });

  it('leaves alone what a restore put in the trash, and comes back with it', async () => {
    const db = freshDatabase();
    await saveJobs(db, [
      { job: RAN, facts: { origin: 'imported', approvedAtMs: 5, journalId: 'j', seq: 5 } },
    ]);
    const { id } = await beginImport(db, 'Backup');
    await trashForRestore(db, id, [RAN.id]);
    await finishImport(db, id);
    const before = await db.jobs.toArray();
    await tell(db, 6, TOLD);
    expect(await db.jobs.toArray()).toEqual(before);
    expect(await undoImport(db, id)).toMatchObject({ putBack: 1, kept: 0 });
    expect(await jobById(db, RAN.id)).toMatchObject({ job: TOLD, bucket: 'completed', approvedAtMs: 5 });
  });
});

describe('what the runner says of a job that took the place of another', () => {
  it.each([
    ['that waits', { ...BROUGHT, status: 'pending' as const }],
    ['that was over at once', { ...RAN, completed_at: '2026-11-03T00:00:00Z' }],
  ])('is of that one: %s', async (_how, record) => {
    const { db, importId } = await replaced();
    await allow(db);
    await tell(db, 6, TOLD);
    await tell(db, 9, record);
    expect(await jobById(db, RAN.id)).toMatchObject({ job: record, journalId: 'j', seq: 9, importId });
    expect((await db.replaced.get([importId, RAN.id]))?.row).toMatchObject({ job: TOLD, seq: 6 });
  });

  it('is none of its own before it was approved, whatever it says', async () => {
    const { db, importId } = await replaced();
    const shown = await dump(db);
    const lost = { ...RAN, status: 'failed' as const, completed_at: '2026-11-03T00:00:00Z' };
    await tell(db, 9, lost);
    expect(await dump(db)).not.toBe(shown);
    expect(await jobById(db, RAN.id)).toMatchObject({ job: BROUGHT, journalId: null });
    expect((await db.replaced.get([importId, RAN.id]))?.row).toMatchObject({ job: lost, seq: 9 });
  });
});
