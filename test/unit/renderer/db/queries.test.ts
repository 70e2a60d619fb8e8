import 'fake-indexeddb/auto';
import { liveQuery } from 'dexie';
import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { parseJobId } from '#shared/job/job-id.ts';
import { saveJob, trash } from '../../../../src-renderer/db/commands.ts';
import {
  type Cursor,
  jobById,
  jobsByIds,
  jobsPage,
  someJobs,
  viewCounts,
} from '../../../../src-renderer/db/queries.ts';
import { importJobs } from '../../../fakes/import-jobs.ts';
import { sampleHistory, sampleJob, sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { freshDatabase, idsOf } from '../support.ts';

const ALL = { filter: 'all', search: '' } as const;

async function historyOf(jobs: readonly BatchJob[]) {
  const db = freshDatabase();
  await importJobs(db, jobs);
  return db;
}

describe('paging', () => {
  it('gives every row once, newest first, whatever the page size', async () => {
    const jobs = sampleHistory(23);
    const db = await historyOf(jobs);
    const newestFirst = jobs.map((job) => job.id).reverse();
    for (const size of [1, 2, 7, 23, 100]) expect(await idsOf(db, {}, size)).toEqual(newestFirst);
  });

  it('gives rows that were created in the same millisecond once each', async () => {
    const jobs = sampleHistory(20).map((job) => ({ ...job, created_at: '2026-11-01T08:00:00Z' }));
    const db = await historyOf(jobs);
    expect(await idsOf(db, {}, 3)).toEqual(jobs.map((job) => job.id).reverse());
  });

  it('gives every row that was there once while newer and older ones are added', async () => {
    const jobs = sampleHistory(30);
    const db = await historyOf(jobs.slice(0, 20));
    const seen: string[] = [];
    let before: Cursor | null = null;
    let added = 20;
    do {
      const page: Awaited<ReturnType<typeof jobsPage>> = await jobsPage(db, ALL, { before, limit: 4 });
      seen.push(...page.rows.map((row) => row.id));
      before = page.next;
      const next = jobs[added++];
      if (next) await saveJob(db, next, { origin: 'author' });
    } while (before !== null);
    expect(seen).toEqual(
      jobs
        .slice(0, 20)
        .map((job) => job.id)
        .reverse(),
    );
  });

  it('ends without a page that is empty', async () => {
    const db = await historyOf(sampleHistory(4));
    const { next } = await jobsPage(db, ALL, { limit: 4 });
    expect(next).toBeNull();
  });
});

describe('a view', () => {
  it.each([
    ['created', ['created', 'pending', 'running']],
    ['completed', ['completed']],
    ['failed', ['failed', 'expired']],
    ['cancelled', ['cancelled']],
  ] as const)('%s holds the statuses that belong to it', async (filter, statuses) => {
    const all = ['created', 'pending', 'running', 'completed', 'failed', 'cancelled', 'expired'] as const;
    const jobs = all.map((status, index) => sampleJobIn(status, index));
    const db = await historyOf(jobs);
    const expected = jobs.filter((job) => (statuses as readonly string[]).includes(job.status));
    expect((await idsOf(db, { filter })).sort()).toEqual(expected.map((job) => job.id).sort());
    expect((await viewCounts(db))[filter]).toBe(expected.length);
  });

  it('all leaves out the trash, and the trash holds only that', async () => {
    const jobs = sampleHistory(3);
    const db = await historyOf(jobs);
    const [first, ...rest] = jobs.map((job) => job.id);
    await trash(db, first ? [first] : []);
    expect(await idsOf(db)).toEqual(rest.reverse());
    expect(await idsOf(db, { filter: 'trash' })).toEqual([first]);
    expect(await viewCounts(db)).toMatchObject({ all: 2, trash: 1 });
  });
});

describe('search', () => {
  const LS = { kind: 'command', program: 'ls' } as const;
  const jobs = [
    sampleJobIn('failed', 0, { name: 'Résumé of papers', tags: ['to do'], task: LS }),
    sampleJobIn('completed', 1, { name: 'Résumé of photos', tags: ['photos'], task: LS }),
    sampleJobIn('failed', 2, { name: 'Checksum', tags: ['photos', 'disk'], task: LS }),
    sampleJobIn('expired', 3, {
      name: 'Nightly',
      tags: [],
      task: { kind: 'script', interpreter: 'bash', source: 'pg_dump shop' },
    }),
  ];
  const found = async (search: string) => {
    const db = await historyOf(jobs);
    return (await idsOf(db, { search })).map((id) => jobs.findIndex((job) => job.id === id)).sort();
  };

  it.each([
    ['resume', [0, 1]],
    ['RÉSU', [0, 1]],
    ['resume photo', [1]],
    ['photo', [1, 2]],
    ['status:failed', [0, 2]],
    ['status:fail photos', [2]],
    ['status:', [0, 1, 2, 3]],
    ['tag:photos', [1, 2]],
    ['tag:photos tag:disk', [2]],
    ['tag:"to do"', [0]],
    ['kind:script', [3]],
    ['pg_dump', [3]],
    ['type:run', []],
    ['no-such-word', []],
    ['esume', []],
  ])('for %s finds the right jobs', async (search, expected) => {
    expect(await found(search)).toEqual(expected);
  });

  it('finds a job by its id and by the first digits of it', async () => {
    const id = jobs[2]?.id ?? '';
    expect(await found(id)).toEqual([2]);
    expect(await found(id.slice(0, 10))).toEqual([2]);
    expect(await found(id.slice(4, 10))).toEqual([2]);
  });

  it('pages over a word that many rows have', async () => {
    const many = Array.from({ length: 2300 }, (_, index) =>
      sampleJob(index, { name: index % 2 ? 'Common odd' : 'Common even', tags: [], task: undefined }),
    );
    const db = await historyOf(many);
    const expected = many
      .filter((_, index) => index % 2)
      .map((job) => job.id)
      .reverse();
    expect(await idsOf(db, { search: 'common odd' }, 100)).toEqual(expected);
    const page = await jobsPage(db, { filter: 'all', search: 'common status:failed' }, { limit: 10 });
    expect(page).toEqual({ rows: [], next: null });
  });

  it('does not find what is in the trash from another list', async () => {
    const db = await historyOf(jobs);
    const [first] = jobs;
    await trash(db, first ? [first.id] : []);
    expect(await idsOf(db, { search: 'resume' })).toEqual([jobs[1]?.id]);
    expect(await idsOf(db, { search: 'resume', filter: 'trash' })).toEqual([first?.id]);
  });
});

describe('by id', () => {
  it('gives the rows in the order asked for, and leaves out what is not there', async () => {
    const jobs = sampleHistory(5);
    const db = await historyOf(jobs);
    const unknown = parseJobId('job-00000000');
    const asked = [jobs[3]?.id, unknown, jobs[0]?.id].filter((id) => id != null);
    expect((await jobsByIds(db, asked)).map((row) => row.id)).toEqual([jobs[3]?.id, jobs[0]?.id]);
    expect(unknown && (await jobById(db, unknown))).toBeUndefined();
  });
});

describe('some jobs', () => {
  it('are read on to where pages of a search are empty, and watched on the way', async () => {
    const many = Array.from({ length: 900 }, (_, index) =>
      sampleJob(index, { name: index === 0 ? 'Old one' : 'Common', tags: [], task: undefined }),
    );
    const db = await historyOf(many);
    const view = { filter: 'all', search: '-common' } as const;
    const seen: (string | undefined)[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const subscription = liveQuery(() => someJobs(db, view, { limit: 10 }, Infinity)).subscribe((page) => {
      seen.push(page.rows[0]?.name);
      if (seen.length === 2) resolve();
    });
    expect((await someJobs(db, view, { limit: 10 }, Infinity)).rows.map((row) => row.name)).toEqual([
      'Old one',
    ]);
    await saveJob(db, sampleJob(2000, { name: 'Another' }), { origin: 'author' });
    await promise;
    subscription.unsubscribe();
    expect(seen).toEqual(['Old one', 'Another']);
  });
});
