import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { BackupRecord } from '#shared/contract/backups.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { saveJob, saveJobs } from '../../../../src-renderer/db/commands.ts';
import { withImportLock } from '../../../../src-renderer/db/history-lock.ts';
import { jobById } from '../../../../src-renderer/db/queries.ts';
import { type RestoreOptions, restoreBackup } from '../../../../src-renderer/sync/restore.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import { sampleJob, sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../support.ts';
import { wait } from './backup-support.ts';

function record(job: BatchJob): BackupRecord {
  return { kind: 'job', job, origin: 'author', approvedAtMs: null, journalId: null, seq: 0 };
}

/** A history with one job, and a backup with another one. */
async function scene() {
  const fake = createFakeJobdeck();
  const db = freshDatabase();
  const [mine, theirs] = [sampleJobIn('completed', 1), sampleJobIn('completed', 2)];
  await saveJobs(db, [{ job: mine, facts: { origin: 'author' } }]);
  fake.backups.add([record(theirs)]);
  const [newest] = unwrap(await fake.api.listBackups()).backups;
  const { openId } = unwrap(await fake.api.openBackup({ name: newest?.name ?? '' }));
  const exactly = (api: typeof fake.api, options: Partial<RestoreOptions> = {}) =>
    restoreBackup({ api, db }, openId, { name: 'Backup', mode: 'exact', isOwn: true, ...options });
  return { ...fake, db, mine, theirs, exactly };
}

describe('making the history what a backup is', () => {
  it('leaves alone what came once the backup made first had begun', async () => {
    const { api, db, mine, theirs, exactly } = await scene();
    const [meanwhile, later] = [sampleJob(3), sampleJob(4)];
    const { removed } = await exactly({
      ...api,
      finishBackup: async (request) => {
        const made = await api.finishBackup(request);
        await saveJob(db, meanwhile, { origin: 'author' });
        return made;
      },
      readBackup: async (request) => {
        if ((await jobById(db, later.id)) === undefined) await saveJob(db, later, { origin: 'author' });
        return api.readBackup(request);
      },
    });
    expect(removed).toBe(1);
    expect(await jobById(db, mine.id)).toMatchObject({ bucket: 'trash' });
    expect(await jobById(db, theirs.id)).toMatchObject({ bucket: 'completed' });
    for (const { id } of [meanwhile, later])
      expect(await jobById(db, id)).toMatchObject({ bucket: 'created' });
  });

  it('lets no import in between that backup and the restore', async () => {
    const { api, db, exactly } = await scene();
    const order: string[] = [];
    let importing: Promise<unknown> = Promise.resolve();
    await exactly(
      {
        ...api,
        finishBackup: async (request) => {
          importing = withImportLock(db, async () => order.push('import'));
          await wait();
          return api.finishBackup(request);
        },
      },
      {
        onBackingUp: () => order.push('backup'),
        onBegun: () => order.push('restore'),
        onProgress: () => order.push('page'),
      },
    );
    await importing;
    expect([...new Set(order)]).toEqual(['backup', 'restore', 'page', 'import']);
  });
});
