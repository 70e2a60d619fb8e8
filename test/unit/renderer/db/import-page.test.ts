import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { saveJobs, trash } from '../../../../src-renderer/db/commands.ts';
import { readCounts } from '../../../../src-renderer/db/counters.ts';
import { compareWithHistory } from '../../../../src-renderer/db/import-compare.ts';
import { withNewId, writeImportPage } from '../../../../src-renderer/db/import-page.ts';
import { beginImport } from '../../../../src-renderer/db/imports.ts';
import { jobById } from '../../../../src-renderer/db/queries.ts';
import { sampleJob, sampleJobIn, sampleUuid } from '../../../fakes/sample-jobs.ts';
import { countedReally, freshDatabase, idsOf } from '../support.ts';
import { bring, changed } from './imports-support.ts';

const author = { origin: 'author' } as const;

describe('comparing with the history', () => {
  it('tells new, same, conflicting and active ones apart, whatever the order of their keys', async () => {
    const db = freshDatabase();
    const [same, other, running, deleted] = [0, 1, 2, 3].map((index) => sampleJob(index));
    if (!same || !other || !running || !deleted) throw new Error('Expected samples.');
    await saveJobs(db, [
      { job: same, facts: author },
      { job: other, facts: author },
      { job: sampleJobIn('running', 2), facts: { ...author, journalId: 'a', seq: 1 } },
      { job: deleted, facts: author },
    ]);
    await trash(db, [deleted.id]);
    const shuffled = Object.fromEntries(Object.entries(same).reverse()) as unknown as typeof same;
    const documents = [sampleJob(9), shuffled, changed(other), running, deleted];
    expect(await compareWithHistory(db, documents)).toEqual(['new', 'same', 'conflict', 'active', 'new']);
  });
});

describe('a page of an import', () => {
  it('comes in as data: imported and not approved, also in the place of what was approved', async () => {
    const db = freshDatabase();
    const mine = sampleJob(0);
    await saveJobs(db, [{ job: mine, facts: { origin: 'imported', approvedAtMs: 5 } }]);
    await bring(db, [[changed(mine), sampleJob(1)]], 'theirs');
    for (const job of [changed(mine), sampleJob(1)]) {
      expect(await jobById(db, job.id)).toMatchObject({ origin: 'imported', approvedAtMs: null, job });
    }
    expect(await db.replaced.toArray()).toMatchObject([{ id: mine.id, row: { approvedAtMs: 5, job: mine } }]);
  });

  it('keeps mine where that was chosen, and where the runner owns it whatever was chosen', async () => {
    const db = freshDatabase();
    const mine = sampleJob(0);
    const running = sampleJobIn('running', 1);
    await saveJobs(db, [
      { job: mine, facts: author },
      { job: running, facts: { ...author, journalId: 'a', seq: 1 } },
    ]);
    const { id } = await beginImport(db, 'a.json');
    const { counts } = await writeImportPage(db, id, [
      { job: changed(mine), choice: 'mine' },
      { job: sampleJob(1), choice: 'theirs' },
    ]);
    expect(counts).toMatchObject({ kept: 1, active: 1, added: 0, replaced: 0 });
    expect(await jobById(db, mine.id)).toMatchObject({ job: mine });
    expect(await jobById(db, running.id)).toMatchObject({ job: running });
  });

  it('keeps both under two ids, and says in the second which id it had', async () => {
    const db = freshDatabase();
    const mine = sampleJob(0);
    await saveJobs(db, [{ job: mine, facts: author }]);
    await bring(db, [[changed(mine)]], 'both');
    const rows = await db.jobs.toArray();
    expect(rows.map(({ job }) => job.callback_url)).toEqual([null, 'http://a.test/']);
    const copy = rows[1]?.job;
    expect(copy?.id).toMatch(/^job-/u);
    expect(copy?.id).not.toBe(mine.id);
    expect(copy && jobdeckOf(copy)?.imported).toEqual({ id: mine.id });
  });

  it('counts what it wrote in its own transaction, and keeps the counters true', async () => {
    const db = freshDatabase();
    await saveJobs(db, [{ job: sampleJob(0), facts: author }]);
    const id = await bring(db, [[changed(sampleJob(0)), sampleJob(1)], [sampleJob(0)]], 'theirs', {
      isFinished: false,
    });
    expect((await db.imports.get(id))?.counts).toMatchObject({ added: 1, replaced: 2 });
    expect(await readCounts(db)).toEqual(await countedReally(db));
  });

  it('is found by the import it came with, and nothing else is', async () => {
    const db = freshDatabase();
    await saveJobs(db, [{ job: sampleJob(0), facts: author }]);
    await bring(db, [[sampleJob(1)]]);
    const id = await bring(db, [[changed(sampleJob(0)), sampleJob(2)]], 'theirs');
    const found = await idsOf(db, { search: `import:${id.slice(0, 8)}` });
    expect(found).toEqual([sampleJob(2).id, sampleJob(0).id]);
  });

  it('is refused once its import is being undone', async () => {
    const db = freshDatabase();
    const { id } = await beginImport(db, 'a.json');
    await db.imports.update(id, { state: 'undoing' });
    await expect(writeImportPage(db, id, [{ job: sampleJob(0), choice: 'mine' }])).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await db.jobs.count()).toBe(0);
  });
});

describe('an id of its own', () => {
  it('is one of the same kind, and no name that is taken is written over', () => {
    const job = sampleJob(0);
    const run = { ...job, id: job.id.replace('job-', 'run-') as typeof job.id, job_type: 'run' as const };
    const uuid = () => sampleUuid(77);
    const once = withNewId({ ...run, metadata: null }, uuid);
    expect(once.id).toBe(`run-${sampleUuid(77)}`);
    expect(once.metadata).toEqual({ jobdeck: { version: 1, imported: { id: run.id } } });
    expect(jobdeckOf(withNewId(once, uuid))?.imported).toEqual({ id: run.id, id_2: once.id });
  });
});
