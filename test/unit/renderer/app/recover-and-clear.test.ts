import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { ok } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { recoverAndClear } from '../../../../src-renderer/app/recover-and-clear.ts';
import { saveJobs, trash } from '../../../../src-renderer/db/commands.ts';
import type { JobdeckDatabase } from '../../../../src-renderer/db/database.ts';
import { beginImport } from '../../../../src-renderer/db/imports.ts';
import { trashForRestore } from '../../../../src-renderer/db/restore-page.ts';
import { useEdits } from '../../../../src-renderer/store/edits-store.ts';
import { sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { dump } from '../db/imports-support.ts';
import { freshDatabase } from '../support.ts';

const HOUR_AGO = Date.now() - 3_600_000;

/** A history with jobs, of which a restore that died on the way put all in the trash an hour ago. */
async function halfRestored(count: number) {
  const db = freshDatabase();
  const jobs = Array.from({ length: count }, (_, index) => sampleJobIn('completed', index));
  await saveJobs(
    db,
    jobs.map((job) => ({ job, facts: { origin: 'author' } })),
  );
  const before = await dump(db);
  const { id } = await beginImport(db, 'Backup');
  await trashForRestore(
    db,
    id,
    jobs.map((job) => job.id),
    HOUR_AGO,
  );
  return { db, before };
}

/** The runner's part in deleting for good. */
function forgetter() {
  const forgotten: JobId[] = [];
  return {
    forgotten,
    forgetJobs: async ({ ids }: { ids: JobId[] }) => {
      forgotten.push(...ids);
      return ok({ refused: [] });
    },
  };
}

const problems: string[] = [];
const start = (db: JobdeckDatabase, api: ReturnType<typeof forgetter>) =>
  recoverAndClear(db, api, (sentence) => problems.push(sentence));

describe('the start', () => {
  it('brings back what a half-done restore put in the trash, and deletes none of it for good', async () => {
    // More than are undone or deleted at a time.
    const { db, before } = await halfRestored(700);
    const api = forgetter();
    await start(db, api);
    expect(await dump(db)).toBe(before);
    expect(api.forgotten).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('leaves the trash alone where the half-done restore could not be undone', async () => {
    const { db } = await halfRestored(3);
    const api = forgetter();
    const stop = () => {
      throw new Error('The disk is full.');
    };
    db.imports.hook('updating', stop);
    await start(db, api);
    expect(api.forgotten).toEqual([]);
    db.imports.hook('updating').unsubscribe(stop);
    await start(db, api);
    expect((await db.jobs.toArray()).map(({ bucket }) => bucket)).toEqual([
      'completed',
      'completed',
      'completed',
    ]);
  });

  it('deletes for good what nobody can bring back any more, and nothing else', async () => {
    const db = freshDatabase();
    const [old, recent] = [sampleJobIn('completed', 1), sampleJobIn('completed', 2)];
    await saveJobs(
      db,
      [old, recent].map((job) => ({ job, facts: { origin: 'author' } })),
    );
    await trash(db, [old.id], HOUR_AGO);
    await trash(db, [recent.id]);
    const api = forgetter();
    await start(db, api);
    expect(api.forgotten).toEqual([old.id]);
    expect((await db.jobs.toArray()).map(({ id }) => id)).toEqual([recent.id]);
  });

  it('forgets the changes to jobs that were deleted or run, and keeps those to what may be saved or come back', async () => {
    const db = freshDatabase();
    const [saved, run, deleted] = [
      sampleJobIn('created', 1),
      sampleJobIn('completed', 2),
      sampleJobIn('created', 3),
    ];
    const absent = sampleJobIn('created', 4);
    await saveJobs(
      db,
      [saved, run, deleted].map((job) => ({ job, facts: { origin: 'author' } })),
    );
    await trash(db, [deleted.id], HOUR_AGO);
    for (const { id } of [saved, run, deleted, absent]) useEdits.getState().setEdit(id, '{}');
    await start(db, forgetter());
    expect(useEdits.getState().texts).toEqual({ [saved.id]: '{}', [absent.id]: '{}' });
  });
});
