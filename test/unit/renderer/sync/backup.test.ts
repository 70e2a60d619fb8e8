import 'fake-indexeddb/auto';
import { truncateSync } from 'node:fs';
import { Dexie } from 'dexie';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { readCursor } from '../../../../src-renderer/db/apply-records.ts';
import { saveJobs, trash } from '../../../../src-renderer/db/commands.ts';
import { readDeliveryCounts } from '../../../../src-renderer/db/counters.ts';
import { deliveriesOfJob } from '../../../../src-renderer/db/delivery-queries.ts';
import { withImportLock } from '../../../../src-renderer/db/history-lock.ts';
import { MIGRATIONS } from '../../../../src-renderer/db/migrations.ts';
import { moveOldRows } from '../../../../src-renderer/db/move-old-rows.ts';
import { LATEST_VERSION } from '../../../../src-renderer/db/old-history.ts';
import { openHistory } from '../../../../src-renderer/db/open-history.ts';
import { jobById } from '../../../../src-renderer/db/queries.ts';
import { toRow } from '../../../../src-renderer/db/to-row.ts';
import { listViews } from '../../../../src-renderer/db/views.ts';
import { backUpBeforeMigration, makeBackup } from '../../../../src-renderer/sync/backup.ts';
import { catchUp } from '../../../../src-renderer/sync/pull.ts';
import { restoreNewestBackup } from '../../../../src-renderer/sync/restore-newest-backup.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import { Random } from '../../../fakes/random.ts';
import { sampleHistory, sampleJob, sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { freshBackups } from '../../adapters/backup/support.ts';
import { dump } from '../db/imports-support.ts';
import { countedReally, facetsCounted, facetsKept, freshDatabase } from '../support.ts';
import { apiOver, generatedHistory, wait } from './backup-support.ts';

describe('a backup of the history', () => {
  it.each([1, 2, 3, 4])(
    'brings a lost history back as it was, byte for byte, whatever was in it (seed %i)',
    async (seed) => {
      const { backups } = freshBackups();
      const api = apiOver(backups);
      const db = await generatedHistory(seed, 60);
      const made = await makeBackup(api, db, 'schedule', { pageSize: 7 });
      expect(made.check.problem).toBeNull();

      const fresh = freshDatabase();
      const restored = await restoreNewestBackup({ api, db: fresh }, { wait });
      expect(restored?.used).toMatchObject({ jobs: made.check.counts?.job });
      expect(await dump(fresh)).toBe(await dump(db));
      expect(await listViews(fresh)).toEqual(await listViews(db));
      expect(await facetsKept(fresh)).toEqual(await facetsCounted(fresh));
      expect(await makeBackup(api, fresh, 'manual')).toMatchObject({ isUnchanged: true });
    },
  );

  it('leaves out what is in the trash, and everything else of it', async () => {
    const { api, backups } = createFakeJobdeck();
    const db = freshDatabase();
    const [first, second] = sampleHistory(2) as [BatchJob, BatchJob];
    await saveJobs(
      db,
      [first, second].map((job) => ({ job, facts: { origin: 'author' } })),
    );
    await trash(db, [first.id]);
    await makeBackup(api, db, 'manual');
    expect(backups.kept[0]?.records).toMatchObject([{ kind: 'job', job: { id: second.id } }]);
  });

  it('waits for an import that is under way', async () => {
    const { api, backups } = createFakeJobdeck();
    const db = freshDatabase();
    await saveJobs(db, [{ job: sampleJob(0), facts: { origin: 'author' } }]);
    const importing = Promise.withResolvers<void>();
    const imported = withImportLock(db, () => importing.promise);
    const made = makeBackup(api, db, 'manual');
    await wait();
    expect(backups.kept).toEqual([]);
    importing.resolve();
    await imported;
    await made;
    expect(backups.kept).toHaveLength(1);
  });

  it('is given up where a page can not be written, and where it is stopped', async () => {
    const { api, backups } = createFakeJobdeck();
    const db = freshDatabase();
    await saveJobs(
      db,
      sampleHistory(20).map((job) => ({ job, facts: { origin: 'author' } })),
    );
    const cancelBackup = vi.fn(api.cancelBackup);
    const failing = {
      ...api,
      cancelBackup,
      writeBackup: async () => ({ ok: false, error: { code: 'disk-full', message: 'Full.' } }) as const,
    };
    await expect(makeBackup(failing, db, 'manual')).rejects.toThrow('Full.');
    const stopping = new AbortController();
    const stopped = makeBackup({ ...api, cancelBackup }, db, 'manual', {
      pageSize: 5,
      onProgress: (done) => done === 10 && stopping.abort(),
      signal: stopping.signal,
    });
    await expect(stopped).rejects.toThrow('abort');
    expect(cancelBackup).toHaveBeenCalledTimes(2);
    expect(backups.kept).toEqual([]);
  });

  it('that is killed at any moment leaves the ones before it, and no half file', async () => {
    const random = new Random(7);
    const { backups, files } = freshBackups();
    const api = apiOver(backups);
    const db = await generatedHistory(9, 30);
    await makeBackup(api, db, 'manual');
    const before = files();
    for (let round = 0; round < 8; round += 1) {
      await saveJobs(db, [{ job: sampleJob(100 + round), facts: { origin: 'author' } }]);
      // A window that is gone asks nothing any more: not even to give it up.
      let callsLeft = random.between(0, 8);
      const dying = new Proxy(api, {
        get: (target, name: keyof typeof api) => {
          const call = target[name] as (request: unknown) => Promise<unknown>;
          return (request: unknown) => {
            callsLeft -= 1;
            return callsLeft < 0 ? Promise.reject(new Error('killed')) : call(request);
          };
        },
      });
      await makeBackup(dying, db, 'schedule', { pageSize: 9 }).catch(() => {});
      for (const { name } of (await backups.list()).backups) {
        expect((await backups.check(name)).problem).toBeNull();
      }
    }
    await makeBackup(api, db, 'manual');
    expect(files()).toEqual(expect.arrayContaining(before));
    expect(files().every((name) => name.startsWith('jobdeck-'))).toBe(true);
  });
});

describe('bringing a lost history back', () => {
  it('takes the newest backup that can be read, and leaves the damaged one alone', async () => {
    const { backups, clock } = freshBackups();
    const api = apiOver(backups);
    const db = await generatedHistory(5, 10);
    const jobs = await db.jobs.count();
    const older = await makeBackup(api, db, 'schedule');
    clock.now = '2026-11-25T19:00:00Z';
    await saveJobs(db, [{ job: sampleJob(50), facts: { origin: 'author' } }]);
    const newest = await makeBackup(api, db, 'schedule');
    truncateSync(backups.pathOf(newest.backup.name), 900);
    const fresh = freshDatabase();
    expect(await restoreNewestBackup({ api, db: fresh }, { wait })).toEqual({
      used: { createdAt: older.backup.createdAt, jobs, unreadable: 0, firstProblem: null },
      skipped: [{ createdAt: newest.backup.createdAt, why: expect.stringContaining('ends too early') }],
      listProblem: null,
    });
    expect((await backups.list()).backups).toHaveLength(2);
  });

  it('takes one that a clock ahead of its time has made only where there is no other', async () => {
    const { backups, clock } = freshBackups();
    const api = apiOver(backups);
    const db = freshDatabase();
    const jobs = sampleHistory(4);
    for (const [at, job] of jobs.entries()) {
      clock.now = at === 0 ? '2031-01-01T00:00:00Z' : `2026-11-2${at}T00:00:00Z`;
      await saveJobs(db, [{ job, facts: { origin: 'author' } }]);
      await makeBackup(api, db, 'schedule');
    }
    expect((await backups.list()).backups.map(({ createdAt }) => createdAt.slice(0, 10))).toEqual([
      '2026-11-23',
      '2026-11-22',
      '2026-11-21',
      '2031-01-01',
    ]);
    expect(await makeBackup(api, db, 'schedule')).toMatchObject({ isUnchanged: true });
    const fresh = freshDatabase();
    expect((await restoreNewestBackup({ api, db: fresh }, { wait }))?.used).toMatchObject({ jobs: 4 });
  });

  it('leaves out callbacks of jobs that are not in the backup', async () => {
    const { api, main, backups } = createFakeJobdeck();
    const db = freshDatabase();
    const job = { ...sampleJob(1), callback_url: 'http://127.0.0.1:9/' };
    main.submit({ jobs: [job], consent: 'author' });
    main.finish(job.id, 0);
    await catchUp(api, db);
    await trash(db, [job.id]);
    await makeBackup(api, db, 'manual');
    expect(backups.kept[0]?.records).toMatchObject([{ kind: 'delivery' }]);
    const fresh = freshDatabase();
    await restoreNewestBackup({ api, db: fresh });
    expect(await fresh.deliveries.count()).toBe(0);
  });

  it('does nothing to a history that has followed the runner, and finds none where there is none', async () => {
    const { api, main, backups } = createFakeJobdeck();
    const db = freshDatabase();
    expect(await restoreNewestBackup({ api, db })).toBeNull();
    main.submit({ jobs: [sampleJob(1)], consent: 'author' });
    await catchUp(api, db);
    backups.add([
      { kind: 'job', job: sampleJob(2), origin: 'author', approvedAtMs: null, journalId: null, seq: 0 },
    ]);
    expect(await restoreNewestBackup({ api, db })).toBeNull();
    expect(await db.jobs.count()).toBe(1);
  });

  it('says which backups could not be read, and why, where that is all of them', async () => {
    const { api, backups } = createFakeJobdeck();
    for (const day of ['20', '21']) backups.add([], { createdAt: `2026-11-${day}T00:00:00Z` });
    const openBackup = async () =>
      ({ ok: false, error: { code: 'io', message: 'There are too many open files.' } }) as const;
    const db = freshDatabase();
    const why = 'There are too many open files.';
    expect(await restoreNewestBackup({ api: { ...api, openBackup }, db })).toEqual({
      used: null,
      skipped: ['21', '20'].map((day) => ({ createdAt: `2026-11-${day}T00:00:00Z`, why })),
      listProblem: null,
    });
    const listBackups = openBackup;
    expect(await restoreNewestBackup({ api: { ...api, listBackups }, db })).toEqual({
      used: null,
      skipped: [],
      listProblem: why,
    });
  });

  it('takes the one before it where a backup that was opened can not be read on', async () => {
    const { api, backups } = createFakeJobdeck();
    const record = (job: BatchJob) =>
      ({ kind: 'job', job, origin: 'author', approvedAtMs: null, journalId: null, seq: 0 }) as const;
    backups.add([record(sampleJob(1))], { createdAt: '2026-11-20T00:00:00Z' });
    backups.add([record(sampleJob(2))], { createdAt: '2026-11-21T00:00:00Z' });
    let left = 0;
    const readBackup: typeof api.readBackup = async (request) => {
      left += 1;
      const error = { code: 'io', message: 'The disk is gone.' } as const;
      return left === 1 ? { ok: false, error } : api.readBackup(request);
    };
    const db = freshDatabase();
    expect(await restoreNewestBackup({ api: { ...api, readBackup }, db })).toMatchObject({
      used: { createdAt: '2026-11-20T00:00:00Z', jobs: 1 },
      skipped: [{ why: 'The disk is gone.' }],
    });
  });

  it('tries again at the next start where the history could not be written', async () => {
    const { api, backups } = createFakeJobdeck();
    backups.add([
      { kind: 'job', job: sampleJob(1), origin: 'author', approvedAtMs: null, journalId: null, seq: 0 },
    ]);
    const db = freshDatabase();
    const full = () => {
      throw new AppError('io', 'The disk is full.');
    };
    db.jobs.hook('creating', full);
    await expect(restoreNewestBackup({ api, db })).rejects.toThrow('The disk is full.');
    db.jobs.hook('creating').unsubscribe(full);
    expect(await restoreNewestBackup({ api, db })).toMatchObject({ used: { jobs: 1 }, skipped: [] });
  });

  it('goes on where a window died in the middle, and ends with all of it once', async () => {
    const { backups } = freshBackups();
    const api = apiOver(backups);
    const db = await generatedHistory(6, 40);
    await makeBackup(api, db, 'schedule');
    const fresh = freshDatabase();
    for (const dies of ['jobs', 'deliveries', 'views'] as const) {
      const dying = {
        ...api,
        readBackup: (request: Parameters<typeof api.readBackup>[0]) =>
          `${request.kind}s` === dies || (dies === 'deliveries' && request.kind === 'delivery')
            ? Promise.reject(new Error('killed'))
            : api.readBackup(request),
      };
      await expect(restoreNewestBackup({ api: dying, db: fresh }, { wait })).rejects.toThrow('killed');
      expect(await readCursor(fresh)).toBeNull();
    }
    await restoreNewestBackup({ api, db: fresh }, { wait });
    expect(await dump(fresh)).toBe(await dump(db));
  });

  it('lets the runner say how jobs went on that ran when the backup was made', async () => {
    const { api, main } = createFakeJobdeck();
    const [runs, ended, lost] = [sampleJob(1), sampleJob(2), sampleJob(3)];
    main.slots = 3;
    main.submit({ jobs: [runs, ended, lost], consent: 'author' });
    const db = freshDatabase();
    await catchUp(api, db);
    await makeBackup(api, db, 'schedule');
    main.finish(ended.id);
    main.finish(lost.id);
    // Another window heard of it, and the runner kept no record; then the history was lost.
    main.acknowledge({ journalId: main.journalId, seq: main.head });
    const fresh = freshDatabase();
    await restoreNewestBackup({ api, db: fresh });
    await catchUp(api, fresh);
    expect(await jobById(fresh, runs.id)).toMatchObject({ status: 'running', bucket: 'active' });
    expect(await jobById(fresh, lost.id)).toMatchObject({ status: 'failed', bucket: 'failed' });
    expect((await jobById(fresh, lost.id))?.job.metadata?.jobdeck).toMatchObject({
      error: { code: 'interrupted' },
    });
    main.finish(runs.id);
    await catchUp(api, fresh);
    expect(await jobById(fresh, runs.id)).toMatchObject({ status: 'completed' });
    expect((await countedReally(fresh)).active).toBe(0);
  });

  it('lets the runner say how callbacks went on, also of jobs that it has no record of', async () => {
    const { api, main } = createFakeJobdeck();
    const url = 'http://127.0.0.1:9/';
    const jobs = [1, 2, 3].map((number) => ({ ...sampleJob(number), callback_url: url }));
    const [delivered, waits, unknown] = jobs as [BatchJob, BatchJob, BatchJob];
    const deliver = vi.spyOn(main, 'deliverCallback');
    deliver.mockImplementation(() => {});
    main.slots = 3;
    main.submit({ jobs, consent: 'author' });
    for (const { id } of jobs) main.finish(id);
    const db = freshDatabase();
    await catchUp(api, db);
    await makeBackup(api, db, 'schedule');
    deliver.mockRestore();
    main.deliverCallback(delivered.id);
    main.callbacks.forget(unknown.id);
    main.acknowledge({ journalId: main.journalId, seq: main.head });
    expect(main.jobs.map(({ id }) => id)).not.toContain(delivered.id);

    const fresh = freshDatabase();
    await restoreNewestBackup({ api, db: fresh });
    expect(await readDeliveryCounts(fresh)).toMatchObject({ due: 3 });
    await catchUp(api, fresh);
    const stateOf = async ({ id }: BatchJob) =>
      (await deliveriesOfJob(fresh, id, 9)).rows.map(({ state }) => state);
    expect(await stateOf(delivered)).toEqual(['delivered']);
    expect(await stateOf(waits)).toEqual(['due']);
    expect(await stateOf(unknown)).toEqual(['stopped']);
    main.deliverCallback(waits.id);
    await catchUp(api, fresh);
    expect(await stateOf(waits)).toEqual(['delivered']);
    expect(await readDeliveryCounts(fresh)).toMatchObject({ due: 0, delivered: 2, stopped: 1 });
  });

  it('takes nothing from a backup of elsewhere to be written or approved here', async () => {
    const { api, backups } = createFakeJobdeck();
    const records = [sampleJob(1), sampleJobIn('completed', 2)].map(
      (job) => ({ kind: 'job', job, origin: 'author', approvedAtMs: 5, journalId: null, seq: 0 }) as const,
    );
    backups.add(records, {}, false);
    const fresh = freshDatabase();
    await restoreNewestBackup({ api, db: fresh });
    for (const row of await fresh.jobs.toArray()) {
      expect(row).toMatchObject({ origin: 'imported', approvedAtMs: null });
    }
  });
});

describe('a backup before a migration', () => {
  /** A database as version `version` has written it, under the name of the history. */
  async function oldHistory(version: number, jobs: readonly BatchJob[]): Promise<void> {
    for (const { name } of await indexedDB.databases())
      if (name?.startsWith('jobdeck')) await Dexie.delete(name);
    const old = new Dexie('jobdeck');
    for (const migration of MIGRATIONS.filter((each) => each.version <= version)) {
      old.version(migration.version).stores(migration.stores);
    }
    const table = version < 3 ? 'jobs' : 'history';
    await old.table(table).bulkPut(jobs.map((job, index) => ({ ...toRow(job), key: index + 1, words: [] })));
    old.close();
  }

  it.each([1, 2, 3])(
    'has all of the history as version %i wrote it, which is left as it is',
    async (version) => {
      const jobs = sampleHistory(40);
      await oldHistory(version, jobs);
      const { backups } = freshBackups();
      const progress: number[] = [];
      const made = await backUpBeforeMigration(apiOver(backups), (done, total) => progress.push(done, total));
      expect(made).toMatchObject({
        backup: { reason: 'migration' },
        check: { counts: { job: 40 }, problem: null },
      });
      expect(progress.at(-1)).toBe(40);
      const after = new Dexie('jobdeck');
      await after.open();
      expect(after.verno).toBe(version);
      after.close();

      const { db } = await openHistory();
      await moveOldRows(db);
      const fresh = freshDatabase();
      await restoreNewestBackup({ api: apiOver(backups), db: fresh }, { wait });
      expect((await fresh.jobs.toArray()).map(({ job }) => job)).toEqual(
        (await db.jobs.toArray()).map(({ job }) => job),
      );
      db.close();
    },
  );

  it('is not made of a history of this version, of an empty one, or of none', async () => {
    const { backups } = freshBackups();
    const api = apiOver(backups);
    const none = () => backUpBeforeMigration(api, () => {});
    await oldHistory(LATEST_VERSION, sampleHistory(3));
    expect(await none()).toBeNull();
    await oldHistory(2, []);
    expect(await none()).toBeNull();
    await Dexie.delete('jobdeck');
    expect(await none()).toBeNull();
    expect((await backups.list()).backups).toEqual([]);
  });

  it('stops the start where it can not be made: nothing was changed then', async () => {
    await oldHistory(2, sampleHistory(3));
    const { api } = createFakeJobdeck();
    const full = { ok: false, error: { code: 'disk-full', message: 'Free some.' } } as const;
    const failing = { ...api, beginBackup: async () => full };
    await expect(backUpBeforeMigration(failing, () => {})).rejects.toBeInstanceOf(AppError);
    const after = new Dexie('jobdeck');
    await after.open();
    expect(after.verno).toBe(2);
    after.close();
  });
});
