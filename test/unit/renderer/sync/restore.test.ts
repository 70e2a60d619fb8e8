import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import type { BackupRecord } from '#shared/contract/backups.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { purgeExpired, saveJobs, trash } from '../../../../src-renderer/db/commands.ts';
import { type JobdeckDatabase, openDatabase } from '../../../../src-renderer/db/database.ts';
import { listImports } from '../../../../src-renderer/db/imports.ts';
import { jobById } from '../../../../src-renderer/db/queries.ts';
import { RESTORE_MODES } from '../../../../src-renderer/db/restore-page.ts';
import { listViews, saveView } from '../../../../src-renderer/db/views.ts';
import { makeBackup } from '../../../../src-renderer/sync/backup.ts';
import type { SyncContext } from '../../../../src-renderer/sync/context.ts';
import { recoverImports, undoImport } from '../../../../src-renderer/sync/imports/undo-import.ts';
import { readThrough } from '../../../../src-renderer/sync/opened-backup.ts';
import { catchUp } from '../../../../src-renderer/sync/pull.ts';
import { previewRestore, type RestoreOptions, restoreBackup } from '../../../../src-renderer/sync/restore.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import { historyDelivery } from '../../../fakes/history-deliveries.ts';
import { Random } from '../../../fakes/random.ts';
import { sampleHistory, sampleJob, sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { freshBackups } from '../../adapters/backup/support.ts';
import { changed, dump } from '../db/imports-support.ts';
import { countedReally, facetsCounted, facetsKept, freshDatabase } from '../support.ts';
import { apiOver, generatedHistory, wait } from './backup-support.ts';

type Facts = Partial<Extract<BackupRecord, { kind: 'job' }>>;

function record(job: BatchJob, facts: Facts = {}): BackupRecord {
  return { kind: 'job', job, origin: 'author', approvedAtMs: null, journalId: 'j', seq: 1, ...facts };
}

async function historyOf(jobs: readonly BatchJob[]): Promise<JobdeckDatabase> {
  const db = freshDatabase();
  await saveJobs(
    db,
    jobs.map((job) => ({ job, facts: { origin: 'author' } })),
  );
  return db;
}

async function openNewest({ api }: SyncContext) {
  const [newest] = unwrap(await api.listBackups()).backups;
  if (newest === undefined) throw new Error('Expected a backup, got none.');
  const opened = unwrap(await api.openBackup({ name: newest.name }));
  return { ...opened, contents: await readThrough(api, opened, { wait }) };
}

/** Brings the newest backup in. */
async function bringBack(context: SyncContext, options: Partial<RestoreOptions> = {}) {
  const { openId, contents } = await openNewest(context);
  const way = { name: 'Backup', mode: 'add', isOwn: contents.isOwn } as const;
  return restoreBackup(context, openId, { ...way, pageSize: 7, ...options });
}

const jobsOf = async (db: JobdeckDatabase) =>
  (await db.jobs.toArray())
    .filter(({ listed }) => listed === 1)
    .map(({ job }) => job)
    .sort((one, other) => (one.id < other.id ? -1 : 1));

/** A history that has gone on since its backup: some jobs are gone, some others, some new. */
async function wentOn(context: SyncContext, jobs: readonly BatchJob[]) {
  const { db, api } = context;
  const [gone, other] = [jobs.slice(0, 6), jobs.slice(6, 10)];
  await trash(
    db,
    gone.map(({ id }) => id),
  );
  await purgeExpired(db, { ...api, forgetJobs: async () => ({ ok: true, value: { refused: [] } }) } as never);
  const ids = other.map(({ id }) => id);
  const rows = await db.jobs.filter((row) => ids.includes(row.id)).toArray();
  await db.jobs.bulkPut(rows.map((row) => ({ ...row, job: changed(row.job, 'http://later.test/') })));
  await saveJobs(
    db,
    [90, 91, 92].map((index) => ({ job: sampleJobIn('completed', index), facts: { origin: 'author' } })),
  );
}

async function scene(seed: number) {
  const { backups } = freshBackups();
  const db = await generatedHistory(seed, 30);
  const context = { api: apiOver(backups), db };
  await makeBackup(context.api, db, 'manual');
  const jobs = await jobsOf(db);
  await wentOn(context, jobs);
  return { context, db, jobs, backups };
}

/** The calls, until so many pages were read. */
function failingAfter({ api }: SyncContext, pages: number, onFailing: () => void): SyncContext['api'] {
  let left = pages;
  return {
    ...api,
    readBackup: async (request) => {
      left -= 1;
      if (left >= 0) return api.readBackup(request);
      onFailing();
      throw new Error('killed');
    },
  };
}

describe('the preview of a restore', () => {
  it('says what the backup has and how it compares, and writes nothing', async () => {
    const { context, db, jobs } = await scene(1);
    const before = await dump(db);
    const preview = await previewRestore(context, (await openNewest(context)).openId);
    expect(preview.counts).toEqual({ new: 6, different: 4, same: jobs.length - 10, newer: 0 });
    expect(preview.historyAlone).toBe(3);
    expect(preview.names.new).toHaveLength(6);
    expect(await dump(db)).toBe(before);
  });

  it('says which jobs run now or have ended since', async () => {
    const { api, main, backups } = createFakeJobdeck();
    const [runs, ended, alone] = [sampleJob(1), sampleJob(2), sampleJob(3)];
    backups.add([record(runs), record(ended)]);
    main.submit({ jobs: [runs, ended, alone], consent: 'author' });
    main.finish(ended.id);
    const db = freshDatabase();
    await catchUp(api, db);
    const { openId } = await openNewest({ api, db });
    expect(await previewRestore({ api, db }, openId)).toMatchObject({
      counts: { new: 0, same: 0, different: 0, newer: 2 },
      ...{ historyAlone: 1, heldAlone: 1 },
    });
  });
});

describe('restoring', () => {
  it('adds what is missing and leaves all else alone', async () => {
    const { context, db, jobs } = await scene(2);
    const before = await jobsOf(db);
    const report = await bringBack(context);
    expect(report.counts).toMatchObject({ added: 6, kept: 4, replaced: 0 });
    const ids = new Set(before.map(({ id }) => id));
    const missing = jobs.filter(({ id }) => !ids.has(id));
    expect(await jobsOf(db)).toEqual([...before, ...missing].sort((a, b) => (a.id < b.id ? -1 : 1)));
  });

  it('puts what the backup has in the place of what is different', async () => {
    const { context, db, jobs } = await scene(3);
    const report = await bringBack(context, { mode: 'replace' });
    expect(report.counts).toMatchObject({ added: 6, replaced: 4 });
    expect(await jobsOf(db)).toEqual(expect.arrayContaining(jobs));
    expect(await jobsOf(db)).toHaveLength(jobs.length + 3);
  });

  it('makes the history what the backup is, after a backup of what it was', async () => {
    const { context, db, jobs, backups } = await scene(4);
    const was = await jobsOf(db);
    const report = await bringBack(context, { mode: 'exact' });
    expect(report.removed).toBe(3);
    expect(await jobsOf(db)).toEqual(jobs);
    const [safe] = (await backups.list()).backups.filter(({ reason }) => reason === 'restore');
    const opened = await backups.opened.open(backups.pathOf(safe?.name ?? ''));
    await readThrough(context.api, opened, { wait });
    const way = { name: 'Safe', mode: 'exact', isOwn: true } as const;
    await restoreBackup(context, opened.openId, way);
    expect(await jobsOf(db)).toEqual(was);
  });

  it('deletes nothing where the backup of what it was can not be read', async () => {
    const { api, backups } = createFakeJobdeck();
    const db = await historyOf(sampleHistory(5));
    backups.add([record(sampleJob(9))]);
    const broken = {
      ...api,
      finishBackup: async (request: { writeId: string }) => {
        const made = unwrap(await api.finishBackup(request));
        return {
          ok: true,
          value: { ...made, check: { ...made.check, counts: null, problem: 'Cut off.' } },
        } as const;
      },
    };
    const before = await dump(db);
    await expect(bringBack({ api: broken, db }, { mode: 'exact' })).rejects.toThrow(
      'The history is as it was',
    );
    expect(await dump(db)).toBe(before);
  });

  it.each(RESTORE_MODES)('undone after "%s" leaves the history as it was, byte for byte', async (mode) => {
    const { context, db } = await scene(5);
    const before = await dump(db);
    const { id } = await bringBack(context, { mode });
    expect(await dump(db)).not.toBe(before);
    expect(await facetsKept(db)).toEqual(await facetsCounted(db));
    await undoImport(db, id);
    expect(await dump(db)).toBe(before);
    expect(await listImports(db)).toEqual([]);
  });

  it.each(RESTORE_MODES)('that fails at any page of "%s" is undone at once', async (mode) => {
    const random = new Random(mode.length);
    const { context, db } = await scene(6);
    const before = await dump(db);
    for (let round = 0; round < 5; round += 1) {
      const api = failingAfter(context, random.between(0, 5), () => {});
      await expect(bringBack({ api, db }, { mode })).rejects.toThrow('killed');
      expect(await dump(db)).toBe(before);
    }
  });

  it.each(RESTORE_MODES)(
    'that a window dies of at any page of "%s" is undone at the next start',
    async (mode) => {
      const random = new Random(mode.length + 1);
      const { context, db } = await scene(7);
      const before = await dump(db);
      for (let round = 0; round < 5; round += 1) {
        const window = openDatabase(db.name);
        // Nothing is written any more from there on, not even what takes it back.
        const api = failingAfter(context, random.between(1, 5), () => window.close());
        await expect(bringBack({ api, db: window }, { mode })).rejects.toThrow('could not be taken back now');
        expect(await recoverImports(db)).toHaveLength(1);
        expect(await dump(db)).toBe(before);
      }
    },
  );

  it('ends where the disk has little room left, and is undone then', async () => {
    const { context, db } = await scene(8);
    const before = await dump(db);
    const error = { code: 'disk-full', message: 'Make room.' } as const;
    let asked = 0;
    const checkRoom: JobdeckApi['checkRoom'] = async () =>
      asked++ === 0 ? { ok: true, value: {} } : { ok: false, error };
    await expect(bringBack({ db, api: { ...context.api, checkRoom } })).rejects.toMatchObject(error);
    expect(await dump(db)).toBe(before);
  });

  it('is stopped by hand, and is undone then', async () => {
    const { context, db } = await scene(8);
    const before = await dump(db);
    const stopping = new AbortController();
    const restoring = bringBack(context, {
      signal: stopping.signal,
      onProgress: (done) => done > 10 && stopping.abort(),
    });
    await expect(restoring).rejects.toThrow('abort');
    expect(await dump(db)).toBe(before);
  });

  it('touches nothing that the runner owns, and makes no job that has ended one that has not', async () => {
    const { api, main, backups } = createFakeJobdeck();
    const [runs, ended, alone] = [sampleJob(1), sampleJob(2), sampleJob(3)];
    backups.add([record(runs), record(ended)]);
    main.slots = 2;
    main.submit({ jobs: [runs, ended, alone], consent: 'author' });
    main.finish(ended.id);
    const db = freshDatabase();
    await catchUp(api, db);
    const before = await db.jobs.toArray();
    const report = await bringBack({ api, db }, { mode: 'exact' });
    expect(report).toMatchObject({ counts: { active: 2, replaced: 0 }, removed: 0 });
    expect(await db.jobs.toArray()).toEqual(before);
  });

  it('brings a job that ran when the backup was made back as one of which the end is not known', async () => {
    const { api, backups } = createFakeJobdeck();
    backups.add([record(sampleJobIn('running', 1)), record(sampleJobIn('pending', 2))]);
    const db = await historyOf([sampleJob(5)]);
    await bringBack({ api, db });
    for (const index of [1, 2]) {
      const row = await jobById(db, sampleJob(index).id);
      expect(row).toMatchObject({ status: 'failed', bucket: 'failed' });
      expect(row?.job.metadata?.jobdeck).toMatchObject({ error: { code: 'interrupted' } });
    }
    expect((await countedReally(db)).active).toBe(0);
  });

  it('keeps who wrote and approved a job, of a backup of our own', async () => {
    const { api, backups } = createFakeJobdeck();
    backups.add([record(sampleJob(1)), record(sampleJob(2), { origin: 'imported', approvedAtMs: 7 })]);
    const db = await historyOf([sampleJob(5)]);
    await bringBack({ api, db });
    expect(await jobById(db, sampleJob(1).id)).toMatchObject({ origin: 'author', approvedAtMs: null });
    expect(await jobById(db, sampleJob(2).id)).toMatchObject({ origin: 'imported', approvedAtMs: 7 });
  });

  it('lets nothing of a backup from elsewhere run before it was approved here', async () => {
    const { api, backups } = createFakeJobdeck();
    backups.add(
      [record(sampleJob(1)), record(sampleJob(2), { origin: 'imported', approvedAtMs: 7 })],
      {},
      false,
    );
    const db = await historyOf([sampleJob(5)]);
    await bringBack({ api, db });
    for (const index of [1, 2]) {
      expect(await jobById(db, sampleJob(index).id)).toMatchObject({
        origin: 'imported',
        approvedAtMs: null,
      });
    }
  });

  it('takes the first of two records with one id', async () => {
    const { api, backups } = createFakeJobdeck();
    backups.add([record(sampleJob(1)), record(changed(sampleJob(1))), record(sampleJob(2))]);
    const db = await historyOf([sampleJob(5)]);
    await bringBack({ api, db });
    expect(await db.jobs.count()).toBe(3);
    expect((await jobById(db, sampleJob(1).id))?.job).toEqual(sampleJob(1));
  });

  it('brings the callbacks of what it brings, none of them to be sent, and takes them back with it', async () => {
    const { api, backups } = createFakeJobdeck();
    const job = { ...sampleJobIn('completed', 1), callback_url: 'https://example.org/hooks/done' };
    const deliveries = [
      historyDelivery(1),
      historyDelivery(1, { number: 2, state: 'delivered' }),
      historyDelivery(5),
    ];
    backups.add([
      record(job),
      ...deliveries.map(
        (delivery) => ({ kind: 'delivery', delivery, jobName: 'x', journalId: 'j', seq: 1 }) as const,
      ),
    ]);
    const db = await historyOf([sampleJobIn('completed', 5)]);
    const before = await dump(db);
    const { id } = await bringBack({ api, db });
    expect((await db.deliveries.toArray()).map(({ state, jobId }) => [state, jobId])).toEqual([
      ['stopped', job.id],
      ['delivered', job.id],
    ]);
    await undoImport(db, id);
    expect(await dump(db)).toBe(before);
  });

  it('adds saved views that are missing, changes none, and leaves out what is none', async () => {
    const { api, backups } = createFakeJobdeck();
    const db = await historyOf([sampleJob(5)]);
    const mine = await saveView(db, {
      name: 'Mine',
      filter: 'all',
      search: '',
      sort: { column: 'created', direction: 'desc' },
    });
    const view = { ...mine, id: 'other', name: 'Other' };
    backups.add([
      record(sampleJob(1)),
      { kind: 'view', view: { ...mine, name: 'Older' } },
      { kind: 'view', view },
      { kind: 'view', view: { ...view, id: 'bad', filter: 'nothing' } },
      { kind: 'view', view: { ...view, id: 'worse', sort: null } },
    ]);
    await bringBack({ api, db }, { mode: 'exact' });
    expect((await listViews(db)).map(({ name }) => name)).toEqual(['Mine', 'Other']);
  });
});
