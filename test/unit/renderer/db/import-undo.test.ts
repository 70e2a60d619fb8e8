import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { applyRecords } from '../../../../src-renderer/db/apply-records.ts';
import { approve, purge, saveJobs, trash, updateCreatedJob } from '../../../../src-renderer/db/commands.ts';
import type { JobdeckDatabase } from '../../../../src-renderer/db/database.ts';
import { writeImportPage } from '../../../../src-renderer/db/import-page.ts';
import { beginUndo, undoPage } from '../../../../src-renderer/db/import-undo.ts';
import {
  beginImport,
  compactImports,
  finishImport,
  listImports,
} from '../../../../src-renderer/db/imports.ts';
import { jobById } from '../../../../src-renderer/db/queries.ts';
import { recoverImports, undoImport } from '../../../../src-renderer/sync/imports/undo-import.ts';
import { sampleHistory, sampleJob, sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { freshDatabase, idsOf } from '../support.ts';
import { bring, changed, dump } from './imports-support.ts';

const author = { origin: 'author' } as const;

/** A history with jobs of every state, one approved, one deleted. */
async function livedIn(count = 12): Promise<JobdeckDatabase> {
  const db = freshDatabase();
  const jobs = sampleHistory(count);
  await saveJobs(
    db,
    jobs.map((job, index) => ({
      job,
      facts: index % 2 === 0 ? author : ({ origin: 'imported', approvedAtMs: 7 } as const),
    })),
  );
  const [first] = jobs;
  if (first) await trash(db, [first.id], 1000);
  return db;
}

/** Some that are there, changed, and some that are not. */
const documents = [...sampleHistory(12).map((job) => changed(job)), ...sampleHistory(20).slice(12)];
const pages = [documents.slice(0, 5), documents.slice(5, 11), documents.slice(11)];

describe('undoing an import', () => {
  it.each(['mine', 'theirs', 'both'] as const)(
    'that chose %s leaves the history as it was, byte for byte',
    async (choice) => {
      const db = await livedIn();
      const before = await dump(db);
      const id = await bring(db, pages, choice);
      expect(await dump(db)).not.toBe(before);
      await undoImport(db, id);
      expect(await dump(db)).toBe(before);
      expect(await listImports(db)).toEqual([]);
    },
  );

  it.each([
    ['in the order in which they came', [0, 1, 2]],
    ['from the last to the first', [2, 1, 0]],
    ['from the middle', [1, 0, 2]],
    ['from the middle, to the last', [1, 2, 0]],
  ])('that others came over gives mine back, undone %s', async (_, order) => {
    const db = freshDatabase();
    const mine = sampleJob(1);
    await saveJobs(db, [{ job: mine, facts: author }]);
    const before = await dump(db);
    const ids: string[] = [];
    for (const version of ['A', 'B', 'C']) {
      ids.push(await bring(db, [[changed(mine, `http://${version}.test/`)]], 'theirs'));
    }
    for (const at of order) await undoImport(db, ids[at] ?? '');
    expect(await dump(db)).toBe(before);
    expect(await db.replaced.count()).toBe(0);
  });

  it('leaves what an earlier one brought where a later one is undone before another', async () => {
    const db = freshDatabase();
    const mine = sampleJob(1);
    await saveJobs(db, [{ job: mine, facts: author }]);
    await bring(db, [[changed(mine, 'http://a.test/1')]], 'theirs');
    const [second, third] = [
      await bring(db, [[changed(mine, 'http://b.test/')]], 'theirs'),
      await bring(db, [[changed(mine, 'http://c.test/')]], 'theirs'),
    ];
    await undoImport(db, second);
    await undoImport(db, third);
    expect(await jobById(db, mine.id)).toMatchObject({ job: changed(mine, 'http://a.test/1') });
  });

  it('says how many went and how many are back', async () => {
    const db = await livedIn();
    const id = await bring(db, pages, 'theirs');
    const report = await undoImport(db, id);
    expect(report).toMatchObject({ removed: 8, putBack: 12, kept: 0, changed: 0 });
  });

  it('leaves alone what was run, edited or deleted since, and says how many', async () => {
    const db = freshDatabase();
    const api: Parameters<typeof purge>[1] = {
      forgetJobs: async () => ({ ok: true, value: { refused: [] } }),
    };
    const [run, edited, deleted, approved] = [0, 1, 2, 3].map((index) => sampleJob(index));
    if (!run || !edited || !deleted || !approved) throw new Error('Expected samples.');
    const id = await bring(db, [[run, edited, deleted, approved]]);
    await applyRecords(
      db,
      { journalId: 'a', head: 1 },
      [{ seq: 1, job: sampleJobIn('completed', 0), deliveries: [] }],
      null,
    );
    await updateCreatedJob(db, changed(edited));
    await trash(db, [deleted.id]);
    await purge(db, api, [deleted.id]);
    await approve(db, [approved.id]);
    const report = await undoImport(db, id);
    expect(report).toMatchObject({ removed: 1, kept: 1, changed: 2 });
    expect(await jobById(db, run.id)).toMatchObject({ status: 'completed', importId: null });
    expect(await jobById(db, edited.id)).toMatchObject({ job: changed(edited) });
    expect(await idsOf(db, { search: `import:${id.slice(0, 8)}` })).toEqual([]);
    expect(await jobById(db, approved.id)).toBeUndefined();
  });

  it('does not put back what was replaced where its place was run since', async () => {
    const db = freshDatabase();
    await saveJobs(db, [{ job: changed(sampleJob(0)), facts: author }]);
    const id = await bring(db, [[sampleJob(0)]], 'theirs');
    await applyRecords(
      db,
      { journalId: 'a', head: 1 },
      [{ seq: 1, job: sampleJobIn('completed', 0), deliveries: [] }],
      null,
    );
    expect(await undoImport(db, id)).toMatchObject({ kept: 1, putBack: 0, removed: 0 });
    expect(await jobById(db, sampleJob(0).id)).toMatchObject({ status: 'completed' });
    expect(await db.replaced.count()).toBe(0);
  });

  it('puts back what was replaced where its place was deleted since, under its old key', async () => {
    const db = freshDatabase();
    const api: Parameters<typeof purge>[1] = {
      forgetJobs: async () => ({ ok: true, value: { refused: [] } }),
    };
    await saveJobs(db, [{ job: changed(sampleJob(0)), facts: author }]);
    const before = await dump(db);
    const id = await bring(db, [[sampleJob(0)]], 'theirs');
    await trash(db, [sampleJob(0).id]);
    await purge(db, api, [sampleJob(0).id]);
    await undoImport(db, id);
    expect(await dump(db)).toBe(before);
  });

  it('does not bring back a job of an import that was undone before it', async () => {
    const db = freshDatabase();
    const before = await dump(db);
    const first = await bring(db, [[sampleJob(0), sampleJob(1)]]);
    const second = await bring(db, [[changed(sampleJob(0))]], 'theirs');
    await undoImport(db, first);
    expect(await jobById(db, sampleJob(0).id)).toMatchObject({ importId: second });
    expect(await undoImport(db, second)).toMatchObject({ removed: 1, putBack: 0 });
    expect(await dump(db)).toBe(before);
  });

  it('gives back the rows of an earlier import as theirs, so that undoing that one takes them too', async () => {
    const db = freshDatabase();
    const before = await dump(db);
    const first = await bring(db, [[sampleJob(0)]]);
    const between = await dump(db);
    const second = await bring(db, [[changed(sampleJob(0))]], 'theirs');
    await undoImport(db, second);
    expect(await dump(db)).toBe(between);
    await undoImport(db, first);
    expect(await dump(db)).toBe(before);
  });

  it('brings back what was replaced as the runner says it is by then, and shows nothing of it before', async () => {
    const db = freshDatabase();
    const source = { journalId: 'one', head: 9 };
    const mine = sampleJobIn('completed', 0);
    await applyRecords(db, source, [{ seq: 3, job: mine }], null);
    const first = await bring(db, [[changed(mine)]], 'theirs');
    const second = await bring(db, [[changed(mine, 'http://b.test/')]], 'theirs');
    const shown = await jobById(db, mine.id);
    const told = { ...mine, callback_status_code: 204 };
    await applyRecords(db, source, [{ seq: 5, job: told }], null);
    await applyRecords(db, source, [{ seq: 4, job: mine }], null);
    expect(await jobById(db, mine.id)).toEqual(shown);
    await undoImport(db, second);
    await undoImport(db, first);
    expect(await jobById(db, mine.id)).toMatchObject({ job: told, seq: 5, importId: null });
  });

  it('leaves a job that was approved and run since to its runner', async () => {
    const db = freshDatabase();
    const created = sampleJobIn('created', 0);
    await saveJobs(db, [{ job: created, facts: author }]);
    await bring(db, [[changed(created)]], 'theirs');
    await approve(db, [created.id]);
    const pending = { ...changed(created), status: 'pending' as const };
    await applyRecords(db, { journalId: 'one', head: 1 }, [{ seq: 1, job: pending }], null);
    expect(await jobById(db, created.id)).toMatchObject({ status: 'pending', journalId: 'one' });
  });

  it('is refused a second time', async () => {
    const db = await livedIn();
    const id = await bring(db, pages);
    await undoImport(db, id);
    await expect(undoImport(db, id)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a window that dies', () => {
  it.each([0, 1, 2, 3])(
    'after page %i of an import leaves the history as it was, at the next start',
    async (border) => {
      const db = await livedIn();
      const before = await dump(db);
      const id = await bring(db, pages.slice(0, border), 'theirs', { isFinished: false });
      const reports = await recoverImports(db);
      expect(reports.map((report) => [report.import.id, report.import.state])).toEqual([[id, 'running']]);
      expect(await dump(db)).toBe(before);
      expect(await recoverImports(db)).toEqual([]);
    },
  );

  it('after any page of an undo leaves the history as it was, at the next start', async () => {
    for (let border = 0, isOver = false; !isOver; border += 1) {
      const db = await livedIn();
      const before = await dump(db);
      const id = await bring(db, pages, 'theirs');
      await beginUndo(db, id);
      for (let page = 0; page < border; page += 1) isOver = (await undoPage(db, id, 3)) === null;
      const reports = await recoverImports(db);
      expect(reports.map((report) => report.import.state)).toEqual(isOver ? [] : ['undoing']);
      expect(await dump(db)).toBe(before);
      expect(border).toBeLessThan(20);
    }
  });

  it('leaves alone what the imports before it brought', async () => {
    const db = await livedIn();
    await bring(db, [[sampleJob(40)]]);
    const before = await dump(db);
    await bring(db, [[sampleJob(41), changed(sampleJob(40))]], 'theirs', { isFinished: false });
    await recoverImports(db);
    expect(await dump(db)).toBe(before);
    expect((await listImports(db)).map(({ state }) => state)).toEqual(['done']);
  });
});

describe('the list of imports', () => {
  it('has the newest first, and none that brought nothing', async () => {
    const db = freshDatabase();
    for (const [index, name] of ['a.json', 'b.json', 'empty.json'].entries()) {
      const { id } = await beginImport(db, name, index);
      if (name !== 'empty.json') {
        await writeImportPage(db, id, [{ job: sampleJob(index), choice: 'mine' }]);
      }
      await finishImport(db, id);
    }
    expect((await listImports(db)).map(({ name }) => name)).toEqual(['b.json', 'a.json']);
  });

  it('is cut to the newest ones, and what the others replaced is dropped with them', async () => {
    const db = freshDatabase();
    await saveJobs(
      db,
      [0, 1, 2].map((index) => ({ job: sampleJob(index), facts: author })),
    );
    const ids: string[] = [];
    for (const index of [0, 1, 2]) {
      const { id } = await beginImport(db, `${index}.json`, index);
      await writeImportPage(db, id, [{ job: changed(sampleJob(index)), choice: 'theirs' }]);
      await finishImport(db, id);
      ids.push(id);
    }
    await compactImports(db, 2);
    expect((await listImports(db)).map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    expect((await db.replaced.toArray()).map(({ importId }) => importId).sort()).toEqual(ids.slice(1).sort());
    await expect(undoImport(db, ids[0] ?? '')).rejects.toMatchObject({ code: 'not-found' });
    expect(await jobById(db, sampleJob(0).id)).toMatchObject({ job: changed(sampleJob(0)) });
  });

  it('remembers that an import was undone for as long as a later one could put back what it brought', async () => {
    const db = freshDatabase();
    const first = await beginImport(db, 'a.json', 1);
    await writeImportPage(db, first.id, [{ job: sampleJob(0), choice: 'mine' }]);
    await finishImport(db, first.id);
    const second = await beginImport(db, 'b.json', 2);
    await writeImportPage(db, second.id, [{ job: changed(sampleJob(0)), choice: 'theirs' }]);
    await finishImport(db, second.id);
    await undoImport(db, first.id);
    await compactImports(db);
    expect(await db.imports.get(first.id)).toMatchObject({ state: 'undone' });
    await undoImport(db, second.id);
    expect(await db.jobs.count()).toBe(0);
    await compactImports(db);
    expect(await db.imports.count()).toBe(0);
  });
});
