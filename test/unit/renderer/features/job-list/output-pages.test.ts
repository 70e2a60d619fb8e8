import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { OutputSearchRequest } from '#shared/contract/output-search.ts';
import { ok } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { trash } from '../../../../../src-renderer/db/commands.ts';
import {
  OutputPages,
  type OutputSearchApi,
} from '../../../../../src-renderer/features/job-list/output-pages.ts';
import { importJobs } from '../../../../fakes/import-jobs.ts';
import { sampleJobIn } from '../../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../../support.ts';

const ALL = { filter: 'all', search: '' } as const;

/** A runner whose every third job printed the text, and that answers for at most two jobs at a time. */
function runner(hold: () => Promise<void> = async () => {}) {
  const stopped: string[] = [];
  const asked: OutputSearchRequest[] = [];
  const api: OutputSearchApi = {
    async searchOutput(request) {
      asked.push(request);
      await hold();
      const now = request.jobIds.slice(0, 2);
      const found = now
        .filter((id) => PRINTED.has(id))
        .map((jobId) => ({ jobId, attempt: 1, stream: 'stdout' as const, line: 'x' }));
      return ok({ found, left: request.jobIds.slice(2), cut: [] });
    },
    async stopOutputSearch({ searchId }) {
      stopped.push(searchId);
      return ok({});
    },
  };
  return { api, asked, stopped };
}

const JOBS = Array.from({ length: 250 }, (_, index) => sampleJobIn('cancelled', index));
const PRINTED = new Set(JOBS.filter((_, index) => index % 3 === 0).map((job) => job.id));

async function history() {
  const db = freshDatabase();
  await importJobs(db, JOBS);
  return db;
}

/** Resolves when `isSo` of the pages. */
function until(pages: OutputPages, isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isSo()) resolve();
    };
    pages.subscribe(look);
    look();
  });
}

const idsOf = (pages: OutputPages) => pages.getSnapshot().rows.map((row) => row.id);

describe('the rows whose output has a text', () => {
  const expected = JOBS.filter((job) => PRINTED.has(job.id))
    .map((job) => job.id)
    .reverse();

  it('come in the order of the view, as far as one has scrolled, and all of them in the end', async () => {
    const pages = new OutputPages({ api: runner().api, db: await history() }, ALL, 'x');
    await until(pages, () => pages.getState().searched > 0 && !pages.getState().isGoing);
    expect(idsOf(pages)).toEqual(expected.slice(0, idsOf(pages).length));
    expect(pages.getState().searched).toBe(200);
    expect(pages.getSnapshot().isWhole).toBe(false);
    pages.setSight(0, 60);
    await until(pages, () => pages.getSnapshot().isWhole && !pages.getState().isGoing);
    expect(idsOf(pages)).toEqual(expected);
    expect(pages.getState()).toMatchObject({ searched: 250, isGoing: false });
  });

  it('are found in the record where it holds the text, without asking the runner', async () => {
    const db = freshDatabase();
    const job = sampleJobIn('completed', 1);
    await importJobs(db, [job]);
    const { api, asked } = runner();
    const pages = new OutputPages({ api, db }, ALL, 'DONE');
    await until(pages, () => pages.getSnapshot().isWhole);
    expect(idsOf(pages)).toEqual([job.id]);
    expect(asked).toEqual([]);
  });

  it('are no more looked for once it is stopped; those found stay', async () => {
    const held = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const { api, asked, stopped } = runner(async () => {
      if (asked.length <= 10) return;
      reached.resolve();
      await held.promise;
    });
    const pages = new OutputPages({ api, db: await history() }, ALL, 'x');
    pages.subscribe(() => {});
    await reached.promise;
    const before = idsOf(pages);
    pages.stop();
    held.resolve();
    await until(pages, () => !pages.getState().isGoing);
    expect(stopped).toHaveLength(1);
    expect(asked).toHaveLength(11);
    expect(idsOf(pages)).toEqual(before);
    expect(before.length).toBeGreaterThan(0);
    expect(pages.getSnapshot()).toMatchObject({ isRead: true, isWhole: true });
  });

  it('say why they can not be found', async () => {
    const { api } = runner(() => Promise.reject(new Error('No runner.')));
    const pages = new OutputPages({ api, db: await history() }, ALL, 'x');
    await until(pages, () => pages.getSnapshot().error !== null);
    expect(pages.getSnapshot()).toMatchObject({ isWhole: true, error: new Error('No runner.') });
  });

  it('are listed once where it failed in the middle of a page, and not where they are deleted', async () => {
    let left = 10;
    const { api } = runner(async () => {
      left -= 1;
      if (left === 0) throw new Error('No runner.');
    });
    const db = await history();
    const pages = new OutputPages({ api, db }, ALL, 'x');
    await until(pages, () => pages.getSnapshot().error !== null);
    expect(idsOf(pages).length).toBeGreaterThan(0);
    pages.again();
    await until(pages, () => pages.getState().searched > 0 && !pages.getState().isGoing);
    expect(idsOf(pages)).toEqual(expected.slice(0, idsOf(pages).length));
    const [gone] = idsOf(pages);
    await trash(db, [gone as JobId]);
    await until(pages, () => !idsOf(pages).includes(gone as JobId));
    expect(idsOf(pages)).toEqual(expected.slice(1, idsOf(pages).length + 1));
  });

  it('are looked for again from where it failed', async () => {
    let isDown = true;
    const { api } = runner(() => (isDown ? Promise.reject(new Error('No runner.')) : Promise.resolve()));
    const pages = new OutputPages({ api, db: await history() }, ALL, 'x');
    await until(pages, () => pages.getSnapshot().error !== null);
    isDown = false;
    pages.again();
    await until(pages, () => pages.getState().searched > 0 && !pages.getState().isGoing);
    expect(pages.getSnapshot()).toMatchObject({ error: null, isWhole: false });
    expect(idsOf(pages)).toEqual(expected.slice(0, idsOf(pages).length));
  });
});
