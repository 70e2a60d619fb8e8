import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { readMatching } from '../../../../../src-renderer/features/job-list/select-matching.ts';
import { importJobs } from '../../../../fakes/import-jobs.ts';
import { sampleJobIn } from '../../../../fakes/sample-jobs.ts';
import { freshDatabase, idsOf } from '../../support.ts';

const ALL = { filter: 'all', search: '' } as const;

async function history(count: number) {
  const db = freshDatabase();
  await importJobs(
    db,
    Array.from({ length: count }, (_, index) => sampleJobIn(index % 2 === 0 ? 'failed' : 'cancelled', index)),
  );
  return db;
}

describe('reading all that a view has', () => {
  it('gives all of it in its order, and tells how far it is', async () => {
    const db = await history(1200);
    const found: number[] = [];
    const matching = await readMatching(db, ALL, {
      signal: new AbortController().signal,
      onFound: (count) => found.push(count),
    });
    expect([...(matching?.ids ?? [])]).toEqual(await idsOf(db));
    expect(matching?.hasMore).toBe(false);
    expect(found).toEqual([500, 1000, 1200]);
  });

  it('gives of a search what it finds', async () => {
    const db = await history(90);
    const matching = await readMatching(
      db,
      { filter: 'all', search: 'status:failed' },
      { signal: new AbortController().signal, onFound: () => {} },
    );
    expect(matching?.ids.size).toBe(45);
  });

  it('stops at the most that is selected, and says that there is more', async () => {
    const watch = { signal: new AbortController().signal, onFound: () => {} };
    const db = await history(60);
    expect(await readMatching(db, ALL, { ...watch, max: 50 })).toMatchObject({ hasMore: true });
    expect(await readMatching(db, ALL, { ...watch, max: 60 })).toMatchObject({ hasMore: false });
  });

  it('gives nothing once it was stopped', async () => {
    const abort = new AbortController();
    const matching = await readMatching(await history(1200), ALL, {
      signal: abort.signal,
      onFound: () => abort.abort(),
    });
    expect(matching).toBeNull();
  });
});
