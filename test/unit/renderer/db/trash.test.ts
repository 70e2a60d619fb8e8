import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { JobId } from '#shared/job/job-id.ts';
import { purge, purgeExpired, saveJobs, trash } from '../../../../src-renderer/db/commands.ts';
import { withImportLock } from '../../../../src-renderer/db/history-lock.ts';
import { beginUndo, undoPage } from '../../../../src-renderer/db/import-undo.ts';
import { beginImport, compactImports, finishImport } from '../../../../src-renderer/db/imports.ts';
import { jobById } from '../../../../src-renderer/db/queries.ts';
import { trashForRestore } from '../../../../src-renderer/db/restore-page.ts';
import { sampleJob } from '../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../support.ts';
import { bring, changed } from './imports-support.ts';

const author = { origin: 'author' } as const;

/** A runner that forgets what it is asked to, once `meanwhile` was done. */
function forgetting(meanwhile: () => Promise<unknown> = async () => undefined) {
  const forgetJobs = vi.fn(async (_request: { ids: JobId[] }) => {
    await meanwhile();
    return { ok: true as const, value: { refused: [] } };
  });
  return { forgetJobs };
}

async function historyOf(count: number) {
  const db = freshDatabase();
  const jobs = Array.from({ length: count }, (_, index) => sampleJob(index));
  await saveJobs(
    db,
    jobs.map((job) => ({ job, facts: author })),
  );
  return { db, ids: jobs.map(({ id }) => id) };
}

describe('deleting for good', () => {
  it('leaves what was put back, and put there anew, while the runner forgot it', async () => {
    const { db, ids } = await historyOf(3);
    await trash(db, ids, 100);
    const [, back, anew] = ids as [JobId, JobId, JobId];
    const api = forgetting(async () => {
      await bring(db, [[sampleJob(1), sampleJob(2)]]);
      await trash(db, [anew], 200);
    });
    expect(await purge(db, api, ids)).toEqual([ids[0]]);
    expect(await jobById(db, back)).toMatchObject({ bucket: 'created' });
    expect(await jobById(db, anew)).toMatchObject({ bucket: 'trash', deletedAtMs: 200 });
  });

  it('waits for an import that may put back what is in the trash', async () => {
    const { db, ids } = await historyOf(1);
    await trash(db, ids, 100);
    const api = forgetting();
    const { promise, resolve } = Promise.withResolvers<void>();
    const importing = withImportLock(db, () => promise.then(() => bring(db, [[sampleJob(0)]])));
    const purging = purge(db, api, ids);
    resolve();
    await importing;
    expect(await purging).toEqual([]);
    expect(api.forgetJobs).not.toHaveBeenCalled();
  });
});

describe('what a restore has put in the trash', () => {
  it('stays with its output for as long as the restore can be undone', async () => {
    const { db, ids } = await historyOf(2);
    const { id } = await beginImport(db, 'a backup');
    await trashForRestore(db, id, ids.slice(0, 1), 100);
    await finishImport(db, id);
    await trash(db, ids.slice(1), 100);
    const api = forgetting();
    expect(await purgeExpired(db, api)).toEqual(ids.slice(1));
    expect(api.forgetJobs).toHaveBeenCalledExactlyOnceWith({ ids: ids.slice(1) });

    await beginUndo(db, id);
    while ((await undoPage(db, id)) !== null);
    expect(await jobById(db, ids[0] as JobId)).toMatchObject({ bucket: 'created' });
  });

  it('goes once that is past', async () => {
    const { db, ids } = await historyOf(1);
    const { id } = await beginImport(db, 'a backup');
    await trashForRestore(db, id, ids, 100);
    await finishImport(db, id);
    await compactImports(db, 0);
    expect(await purgeExpired(db, forgetting())).toEqual(ids);
  });

  it('is not what somebody deleted of an import', async () => {
    const { db, ids } = await historyOf(1);
    await bring(db, [[changed(sampleJob(0))]], 'theirs');
    await trash(db, ids, 100);
    expect(await purgeExpired(db, forgetting())).toEqual(ids);
  });
});
