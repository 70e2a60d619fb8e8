import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { applyRecords } from '../../../../src-renderer/db/apply-records.ts';
import {
  approve,
  purge,
  purgeExpired,
  restore,
  saveJob,
  trash,
  updateCreatedJob,
} from '../../../../src-renderer/db/commands.ts';
import type { JobdeckDatabase } from '../../../../src-renderer/db/database.ts';
import { jobById, viewCounts } from '../../../../src-renderer/db/queries.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import { importJobs } from '../../../fakes/import-jobs.ts';
import { sampleHistory, sampleJob, sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { freshDatabase, idsOf } from '../support.ts';

const [one, two] = [sampleJob(0), sampleJob(1)];

/** As if the runner had told of it. */
function told(db: JobdeckDatabase, job: BatchJob, seq = 1) {
  return applyRecords(db, { journalId: 'journal', head: seq }, [{ seq, job }], null);
}

describe('saving', () => {
  it('refuses an id that the history has, and changes nothing', async () => {
    const db = freshDatabase();
    await saveJob(db, one, { origin: 'author' });
    const again = saveJob(db, { ...one, callback_url: 'http://a.test' }, { origin: 'author' });
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
    expect((await jobById(db, one.id))?.job).toEqual(one);
  });

  it('replaces the record of a job that was not run yet', async () => {
    const db = freshDatabase();
    const { key } = await saveJob(db, one, { origin: 'author' });
    const row = await updateCreatedJob(db, sampleJob(0, { name: 'Another name' }));
    expect(row).toMatchObject({ key, name: 'Another name' });
    expect(await idsOf(db, { search: 'another' })).toEqual([one.id]);
  });

  it.each(['pending', 'completed'] as const)('does not replace a %s record', async (status) => {
    const db = freshDatabase();
    await told(db, sampleJobIn(status, 0));
    await expect(updateCreatedJob(db, one)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('does not take a record for a job that is not there', async () => {
    await expect(updateCreatedJob(freshDatabase(), one)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('importing', () => {
  it('adds what is new, knows what is the same, and keeps its own where the two differ', async () => {
    const db = freshDatabase();
    await saveJob(db, one, { origin: 'author' });
    const shuffled = Object.fromEntries(Object.entries(one).reverse()) as unknown as BatchJob;
    expect(await importJobs(db, [shuffled, two, two])).toEqual({
      added: [two.id],
      same: [one.id, two.id],
      conflicting: [],
    });
    const other = { ...one, callback_url: 'http://a.test' };
    expect(await importJobs(db, [other])).toEqual({ added: [], same: [], conflicting: [one.id] });
    expect((await jobById(db, one.id))?.job).toEqual(one);
  });

  it('does not approve what it adds', async () => {
    const db = freshDatabase();
    await importJobs(db, [one]);
    expect(await jobById(db, one.id)).toMatchObject({ origin: 'imported', approvedAtMs: null });
    await approve(db, [one.id], 5);
    await approve(db, [one.id], 9);
    expect(await jobById(db, one.id)).toMatchObject({ approvedAtMs: 5 });
  });
});

describe('the trash', () => {
  it('takes no job that is pending or running', async () => {
    const db = freshDatabase();
    await told(db, sampleJobIn('running', 0));
    await told(db, sampleJobIn('pending', 1));
    expect(await trash(db, [one.id, two.id])).toEqual([]);
    expect(await viewCounts(db)).toMatchObject({ all: 2, active: 2, trash: 0 });
  });

  it('gives back what it took, with its approval', async () => {
    const db = freshDatabase();
    await importJobs(db, [one]);
    await approve(db, [one.id], 5);
    const before = await jobById(db, one.id);
    await trash(db, [one.id]);
    expect(await restore(db, [one.id])).toEqual([one.id]);
    expect(await jobById(db, one.id)).toEqual(before);
  });

  it('is emptied only of what was put there long enough ago', async () => {
    const db = freshDatabase();
    const { api } = createFakeJobdeck();
    await importJobs(db, [one, two]);
    await trash(db, [one.id], 100);
    await trash(db, [two.id], 200);
    expect(await purgeExpired(db, api, 150)).toEqual([one.id]);
    expect(await idsOf(db, { filter: 'trash' })).toEqual([two.id]);
    expect(await purgeExpired(db, api)).toEqual([two.id]);
  });
});

describe('deleting for good', () => {
  it('asks the runner to forget before the row goes', async () => {
    const db = freshDatabase();
    const { api } = createFakeJobdeck();
    await importJobs(db, [one]);
    await trash(db, [one.id]);
    const forget = vi.spyOn(api, 'forgetJobs').mockImplementation(async () => {
      expect(await jobById(db, one.id)).toBeDefined();
      return { ok: true, value: { refused: [] } };
    });
    expect(await purge(db, api, [one.id])).toEqual([one.id]);
    expect(forget).toHaveBeenCalledWith({ ids: [one.id] });
    expect(await jobById(db, one.id)).toBeUndefined();
  });

  it('keeps what the runner refuses to forget, and what could not be asked about', async () => {
    const db = freshDatabase();
    const { api } = createFakeJobdeck();
    await importJobs(db, [one, two]);
    await trash(db, [one.id, two.id]);
    const forget = vi.spyOn(api, 'forgetJobs');
    forget.mockResolvedValueOnce({ ok: false, error: { code: 'io', message: 'The disk is gone.' } });
    await expect(purge(db, api, [one.id])).rejects.toMatchObject({ code: 'io' });
    forget.mockResolvedValueOnce({ ok: true, value: { refused: [one.id] } });
    expect(await purge(db, api, [one.id, two.id])).toEqual([two.id]);
    expect(await idsOf(db, { filter: 'trash' })).toEqual([one.id]);
  });

  it('deletes nothing that is not in the trash', async () => {
    const db = freshDatabase();
    const { api } = createFakeJobdeck();
    await importJobs(db, [one]);
    const forget = vi.spyOn(api, 'forgetJobs');
    expect(await purge(db, api, [one.id])).toEqual([]);
    expect(forget).not.toHaveBeenCalled();
  });

  it('does not let an undo in the middle give back a row that then vanishes', async () => {
    const db = freshDatabase();
    const { api } = createFakeJobdeck();
    await importJobs(db, [one]);
    await trash(db, [one.id]);
    let restored: Promise<unknown> = Promise.resolve();
    vi.spyOn(api, 'forgetJobs').mockImplementation(async () => {
      restored = restore(db, [one.id]);
      return { ok: true, value: { refused: [] } };
    });
    await purge(db, api, [one.id]);
    expect(await restored).toEqual([]);
    expect(await jobById(db, one.id)).toBeUndefined();
  });

  it('asks in pages that the bridge takes', async () => {
    const db = freshDatabase();
    const { api } = createFakeJobdeck();
    const jobs = sampleHistory(1100);
    await importJobs(db, jobs);
    await trash(
      db,
      jobs.map((job) => job.id),
    );
    expect(await purgeExpired(db, api)).toHaveLength(1100);
    expect(await viewCounts(db)).toMatchObject({ all: 0, trash: 0 });
  });
});
