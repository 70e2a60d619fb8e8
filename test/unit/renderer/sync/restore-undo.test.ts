import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { DeliveryState } from '#shared/callback/delivery.ts';
import type { BackupRecord } from '#shared/contract/backups.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { applyRecords } from '../../../../src-renderer/db/apply-records.ts';
import { saveJobs } from '../../../../src-renderer/db/commands.ts';
import { readDeliveryCounts } from '../../../../src-renderer/db/counters.ts';
import { listImports } from '../../../../src-renderer/db/imports.ts';
import { RESTORE_MODES, type RestoreMode } from '../../../../src-renderer/db/restore-page.ts';
import { listViews, moveView, renameView, saveView } from '../../../../src-renderer/db/views.ts';
import { undoImport } from '../../../../src-renderer/sync/imports/undo-import.ts';
import { restoreBackup } from '../../../../src-renderer/sync/restore.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import { historyDelivery } from '../../../fakes/history-deliveries.ts';
import { sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { changed, dump } from '../db/imports-support.ts';
import { freshDatabase } from '../support.ts';

const SORT = { column: 'created', direction: 'desc' } as const;
const VIEW = { id: 'theirs', name: 'Theirs', filter: 'failed', search: '', sort: SORT, place: 1 };

function ended(index: number): BatchJob {
  return { ...sampleJobIn('completed', index), callback_url: 'https://example.org/hooks/done' };
}

function jobRecord(job: BatchJob): BackupRecord {
  return { kind: 'job', job, origin: 'author', approvedAtMs: null, journalId: 'j', seq: 1 };
}

function deliveryRecord(index: number, number: number, state: DeliveryState): BackupRecord {
  const delivery = historyDelivery(index, { number, state });
  return { kind: 'delivery', delivery, jobName: 'x', journalId: 'j', seq: 1 };
}

/** A history with two jobs, the first with a delivery, and a restore of others that replaces and adds. */
async function restored(mode: RestoreMode, records: readonly BackupRecord[]) {
  const { api, backups } = createFakeJobdeck();
  const db = freshDatabase();
  await saveJobs(
    db,
    [ended(1), ended(2)].map((job) => ({ job: changed(job), facts: { origin: 'author' } })),
  );
  const told = { seq: 1, job: ended(9), deliveries: [historyDelivery(1, { number: 1, state: 'delivered' })] };
  await applyRecords(db, { journalId: 'j', head: 1 }, [told], null);
  await saveView(db, { name: 'Mine', filter: 'all', search: '', sort: SORT });
  const before = await dump(db);
  backups.add([...records]);
  const [newest] = unwrap(await api.listBackups()).backups;
  const { openId } = unwrap(await api.openBackup({ name: newest?.name ?? '' }));
  const { id } = await restoreBackup({ api, db }, openId, { name: 'Backup', mode, isOwn: true });
  return { db, before, id };
}

const RECORDS = [
  ...[1, 2, 3].map((index) => jobRecord(ended(index))),
  deliveryRecord(1, 1, 'delivered'),
  deliveryRecord(1, 12, 'due'),
  deliveryRecord(2, 21, 'abandoned'),
  deliveryRecord(3, 31, 'delivered'),
  { kind: 'view', view: VIEW } as const,
];

describe('undoing a restore', () => {
  it.each(RESTORE_MODES)(
    'leaves nothing of it behind after "%s": no callback of a job it replaced, and no view',
    async (mode) => {
      const { db, before, id } = await restored(mode, RECORDS);
      expect((await listViews(db)).map(({ name }) => name).sort()).toEqual(['Mine', 'Theirs']);
      expect(await db.deliveries.count()).toBe(mode === 'add' ? 2 : 4);
      await undoImport(db, id);
      expect(await dump(db)).toBe(before);
      expect(await readDeliveryCounts(db)).toMatchObject({ delivered: 1, stopped: 0, abandoned: 0 });
    },
  );

  it('takes back one that brought views alone', async () => {
    const { db, before, id } = await restored('add', [{ kind: 'view', view: VIEW }]);
    expect(await listImports(db)).toHaveLength(1);
    await undoImport(db, id);
    expect(await dump(db)).toBe(before);
  });

  it('leaves a view that has another name since, and takes one that was only moved', async () => {
    const { db, id } = await restored('add', [
      ...RECORDS,
      { kind: 'view', view: { ...VIEW, id: 'other', name: 'Other', place: 2 } },
    ]);
    await renameView(db, 'theirs', 'Mine by now');
    await moveView(db, 'other', -1);
    await undoImport(db, id);
    expect((await listViews(db)).map(({ name }) => name).sort()).toEqual(['Mine', 'Mine by now']);
  });

  it('leaves a callback that the runner has told of since', async () => {
    const { db, id } = await restored('replace', RECORDS);
    const told = historyDelivery(1, { number: 12, state: 'delivered' });
    const source = { journalId: 'j', head: 7 };
    await applyRecords(db, source, [{ seq: 7, job: ended(8), deliveries: [told] }], null);
    await undoImport(db, id);
    expect((await db.deliveries.toArray()).map(({ delivery }) => delivery.id)).toContain(told.id);
  });
});
