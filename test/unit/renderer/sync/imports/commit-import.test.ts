import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { unwrap } from '#shared/contract/result.ts';
import { saveJobs } from '../../../../../src-renderer/db/commands.ts';
import { withImportLock } from '../../../../../src-renderer/db/history-lock.ts';
import { listImports } from '../../../../../src-renderer/db/imports.ts';
import { jobById, viewCounts } from '../../../../../src-renderer/db/queries.ts';
import { commitImport, REVIEWABLE } from '../../../../../src-renderer/sync/imports/commit-import.ts';
import {
  FIRST_PLAN,
  forecast,
  type ImportPlan,
  notWritten,
} from '../../../../../src-renderer/sync/imports/import-plan.ts';
import { ImportReading, judged } from '../../../../../src-renderer/sync/imports/import-reading.ts';
import { undoImport } from '../../../../../src-renderer/sync/imports/undo-import.ts';
import { catchUp } from '../../../../../src-renderer/sync/pull.ts';
import { createFakeJobdeck } from '../../../../fakes/fake-jobdeck-api.ts';
import { sampleHistory, sampleJob } from '../../../../fakes/sample-jobs.ts';
import { changed, dump } from '../../db/imports-support.ts';
import { freshDatabase } from '../../support.ts';

/** A history of ten jobs, and an import that was read: six of the ten with another content, and what is new. */
async function read(news = 24) {
  const fake = createFakeJobdeck();
  const db = freshDatabase();
  const context = { api: fake.api, db };
  const jobs = sampleHistory(10);
  await saveJobs(
    db,
    jobs.map((job) => ({ job, facts: { origin: 'author' } })),
  );
  const documents = [
    ...jobs.slice(0, 6).map((job) => changed(job)),
    ...jobs.slice(6, 8),
    ...sampleHistory(10 + news).slice(10),
    { ...sampleJob(900), status: 'Created' },
    { status: 'odd' },
  ];
  const text = documents.map((document) => JSON.stringify(document)).join('\n');
  const { importId } = unwrap(await fake.api.importText({ name: 'a.ndjson', text }));
  const reading = new ImportReading(context, { importId });
  await reading.start();
  const { groups } = reading.getSnapshot();
  const commit = (plan: ImportPlan, options: Partial<Parameters<typeof commitImport>[3]> = {}) =>
    commitImport(context, importId, plan, {
      name: 'a.ndjson',
      others: notWritten(plan, forecast(plan, groups)),
      pageSize: 5,
      ...options,
    });
  return { ...fake, db, jobs, importId, groups, commit };
}

describe('committing an import', () => {
  it('leaves a job that ran when it was compared, also where it has ended since', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    const job = sampleJob(1);
    main.submit({ jobs: [job], consent: 'author' });
    await catchUp(api, db);
    const text = JSON.stringify(changed(job));
    const { importId } = unwrap(await api.importText({ name: 'a.json', text }));
    const reading = new ImportReading({ api, db }, { importId });
    await reading.start();
    main.finish(job.id);
    await catchUp(api, db);
    const plan = { ...FIRST_PLAN, conflicts: 'theirs' } as const;
    expect(forecast(plan, reading.getSnapshot().groups)).toMatchObject({ active: 1, replaced: 0 });
    const { active } = reading;
    const report = await commitImport({ api, db }, importId, plan, { name: 'a.json', active });
    expect(report.counts).toMatchObject({ replaced: 0, kept: 1 });
    expect(await jobById(db, job.id)).toMatchObject({ status: 'completed', importId: null });
  });

  it.each(['mine', 'theirs', 'both'] as const)(
    'does what was forecast where %s was chosen',
    async (conflicts) => {
      const { commit, groups, db } = await read();
      const plan = { ...FIRST_PLAN, conflicts };
      const { waiting, ...sums } = forecast(plan, groups);
      const report = await commit(plan);
      expect(report.counts).toEqual(sums);
      expect([report.waiting, report.waitingIds.length]).toEqual([waiting, waiting]);
      const all = 10 + 25 + (conflicts === 'both' ? 6 : 0);
      expect(await viewCounts(db)).toMatchObject({ all });
      expect(await listImports(db)).toMatchObject([
        { id: report.id, name: 'a.ndjson', state: 'done', counts: sums },
      ]);
    },
  );

  it('says when it begins: not while something else has the history', async () => {
    const { commit, db } = await read();
    const other = Promise.withResolvers<void>();
    const backup = withImportLock(db, () => other.promise);
    const onBegun = vi.fn();
    const stopping = new AbortController();
    const stopped = commit(FIRST_PLAN, { onBegun, signal: stopping.signal });
    stopping.abort(new Error('Stopped.'));
    await expect(stopped).rejects.toThrow('Stopped.');
    const done = commit(FIRST_PLAN, { onBegun });
    expect(onBegun).not.toHaveBeenCalled();
    other.resolve();
    await Promise.all([backup, done]);
    expect(onBegun).toHaveBeenCalledTimes(1);
  });

  it('takes those for what they are that were decided one by one', async () => {
    const { commit, db, jobs, imports, importId } = await read();
    const [first, second] = imports.page({ importId, filter: 'conflict', after: -1, limit: 2 }).documents;
    if (!first || !second) throw new Error('Expected conflicts.');
    const exceptions = new Map([
      [first.place, { choice: 'theirs' as const, document: judged(first, 'conflict') }],
      [second.place, { choice: 'both' as const, document: judged(second, 'conflict') }],
    ]);
    const report = await commit({ ...FIRST_PLAN, exceptions });
    expect(report.counts).toMatchObject({ replaced: 1, copied: 1, kept: 4 });
    expect(await jobById(db, first.job?.id ?? sampleJob(0).id)).toMatchObject({ job: first.job });
    expect(await jobById(db, second.job?.id ?? sampleJob(0).id)).toMatchObject({ job: jobs[1] });
  });

  it('leaves out what needs a repair that is refused', async () => {
    const { commit, db } = await read();
    const report = await commit({ ...FIRST_PLAN, refused: new Set(['status-elsewhere']) });
    expect(report.counts).toMatchObject({ added: 24, refused: 1 });
    expect(await jobById(db, sampleJob(900).id)).toBeUndefined();
  });

  it('keeps what the history has got since the preview, and says so', async () => {
    const { commit, db } = await read();
    const late = changed(sampleJob(12), 'http://late.test/');
    await saveJobs(db, [{ job: late, facts: { origin: 'author' } }]);
    const { counts } = await commit({ ...FIRST_PLAN, conflicts: 'theirs' });
    expect(counts).toMatchObject({ added: 24, kept: 1 });
    expect(await jobById(db, late.id)).toMatchObject({ job: late });
  });

  it('that is stopped after any page leaves the history as it was', async () => {
    for (let page = 0; page < 8; page += 1) {
      const { commit, db } = await read();
      const before = await dump(db);
      const stop = new AbortController();
      let pages = 0;
      if (page === 0) stop.abort();
      const stopped = commit(
        { ...FIRST_PLAN, conflicts: 'theirs' },
        {
          signal: stop.signal,
          onProgress: () => {
            pages += 1;
            if (pages === page) stop.abort();
          },
        },
      );
      await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
      expect(await dump(db)).toBe(before);
      expect(await listImports(db)).toEqual([]);
    }
  });

  it('that fails leaves the history as it was, and can be begun again', async () => {
    const { commit, db, api } = await read();
    const before = await dump(db);
    const error = { code: 'io', message: 'The temporary file is gone.' } as const;
    const readImport = api.readImport;
    let calls = 0;
    vi.spyOn(api, 'readImport').mockImplementation((request) => {
      calls += 1;
      return calls === 4 ? Promise.resolve({ ok: false, error }) : readImport(request);
    });
    await expect(commit(FIRST_PLAN)).rejects.toMatchObject(error);
    expect(await dump(db)).toBe(before);
    expect((await commit(FIRST_PLAN)).counts.added).toBe(25);
  });

  it('ends where the disk has little room left, and leaves the history as it was', async () => {
    const { commit, db, api } = await read();
    const before = await dump(db);
    const error = { code: 'disk-full', message: 'Make room.' } as const;
    vi.spyOn(api, 'checkRoom')
      .mockResolvedValueOnce({ ok: true, value: {} })
      .mockResolvedValueOnce({ ok: false, error });
    await expect(commit(FIRST_PLAN)).rejects.toMatchObject(error);
    expect(await dump(db)).toBe(before);
  });

  it('can be undone, which leaves the history as it was', async () => {
    const { commit, db } = await read();
    const before = await dump(db);
    const { id } = await commit({ ...FIRST_PLAN, conflicts: 'both' });
    await undoImport(db, id);
    expect(await dump(db)).toBe(before);
  });

  it('gives no more ids to look through than a person would', async () => {
    const { commit } = await read(REVIEWABLE * 6 + 60);
    const { waiting, waitingIds, firstIds } = await commit(FIRST_PLAN, { pageSize: 500 });
    expect(waiting).toBeGreaterThan(REVIEWABLE);
    expect(waitingIds.length).toBe(REVIEWABLE);
    expect(firstIds.length).toBe(100);
  });
});
