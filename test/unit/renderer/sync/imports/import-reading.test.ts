import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { unwrap } from '#shared/contract/result.ts';
import { saveJob } from '../../../../../src-renderer/db/commands.ts';
import { ImportReading } from '../../../../../src-renderer/sync/imports/import-reading.ts';
import { createFakeJobdeck } from '../../../../fakes/fake-jobdeck-api.ts';
import { sampleHistory, sampleJob } from '../../../../fakes/sample-jobs.ts';
import { changed } from '../../db/imports-support.ts';
import { freshDatabase } from '../../support.ts';

function context() {
  return { ...createFakeJobdeck(), db: freshDatabase() };
}

const ndjson = (values: readonly unknown[]) =>
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n');

describe('reading an import', () => {
  it('compares each document once with the history and tells what it is', async () => {
    const { api, db, imports } = context();
    const [same, other, ...rest] = sampleHistory(40);
    if (!same || !other) throw new Error('Expected samples.');
    await saveJob(db, same, { origin: 'author' });
    await saveJob(db, changed(other), { origin: 'author' });
    const text = ndjson([same, other, 'no JSON', ...rest, { ...sampleJob(50), status: 'Created' }]);
    const { importId } = unwrap(await api.importText({ name: 'a.ndjson', text }));
    const reading = new ImportReading({ api, db }, { importId }, { pageSize: 7 });
    await reading.start();
    const { counts, isWhole, problem } = reading.getSnapshot();
    expect({ isWhole, problem }).toEqual({ isWhole: true, problem: null });
    expect(counts).toEqual({ all: 42, new: 39, repaired: 1, same: 1, conflict: 1, invalid: 1 });
    const page = imports.page({ importId, filter: 'unknown', after: -1, limit: 10 });
    expect(page.documents).toEqual([]);
    const conflicts = imports.page({ importId, filter: 'conflict', after: -1, limit: 10 });
    expect(conflicts.documents.map(({ id }) => id)).toEqual([other.id]);
    expect(await db.jobs.count()).toBe(2);
  });

  it('goes on as more is read, also where a push was lost, and is not whole before the end', async () => {
    const { api, db, imports } = context();
    imports.holdsBack = true;
    const waits: (() => void)[] = [];
    const schedule = (callback: () => void) => {
      waits.push(callback);
      return () => {};
    };
    const { importId } = unwrap(await api.importText({ name: 'a', text: ndjson(sampleHistory(30)) }));
    vi.spyOn(api, 'onImportProgressed').mockReturnValue(() => {});
    const reading = new ImportReading({ api, db }, { importId }, { pageSize: 4, schedule });
    const done = reading.start();
    await vi.waitFor(() => expect(waits.length).toBe(1));
    expect(reading.getSnapshot()).toMatchObject({ isWhole: false, counts: { all: 0 } });
    imports.readOn(importId, 10);
    waits.at(-1)?.();
    await vi.waitFor(() => expect(waits.length).toBe(2));
    expect(reading.getSnapshot()).toMatchObject({ isWhole: false, counts: { all: 10 } });
    imports.readOn(importId);
    waits.at(-1)?.();
    await done;
    expect(reading.getSnapshot()).toMatchObject({ isWhole: true, counts: { all: 30 } });
  });

  it('goes on at a push, without waiting', async () => {
    const { api, db, imports } = context();
    imports.holdsBack = true;
    const { importId } = unwrap(await api.importText({ name: 'a', text: ndjson(sampleHistory(30)) }));
    const reading = new ImportReading({ api, db }, { importId }, { schedule: () => () => {} });
    const done = reading.start();
    await vi.waitFor(() => expect(reading.getSnapshot().progress?.state).toBe('reading'));
    imports.readOn(importId);
    await done;
    expect(reading.getSnapshot().isWhole).toBe(true);
  });

  it('misses no push that comes while it is at a page', async () => {
    const { api, db, imports } = context();
    imports.holdsBack = true;
    const { importId } = unwrap(await api.importText({ name: 'a', text: ndjson(sampleHistory(30)) }));
    const { readImport } = api;
    vi.spyOn(api, 'readImport').mockImplementationOnce(async (request) => {
      const page = await readImport(request);
      imports.readOn(importId);
      return page;
    });
    const reading = new ImportReading({ api, db }, { importId }, { schedule: () => () => {} });
    await reading.start();
    expect(reading.getSnapshot()).toMatchObject({ isWhole: true, counts: { all: 30 } });
  });

  it('says why it could not go on, and is not whole then', async () => {
    const { api, db, imports } = context();
    imports.holdsBack = true;
    const { importId } = unwrap(await api.importText({ name: 'a', text: ndjson(sampleHistory(30)) }));
    imports.readOn(importId, 12);
    imports.fail(importId, 'The disk is full.');
    const reading = new ImportReading({ api, db }, { importId });
    await reading.start();
    expect(reading.getSnapshot()).toMatchObject({
      isWhole: false,
      problem: 'The disk is full.',
      counts: { all: 12 },
    });
  });

  it('that was closed tells nothing any more', async () => {
    const { api, db } = context();
    const { importId } = unwrap(await api.importText({ name: 'a', text: ndjson(sampleHistory(30)) }));
    const tell = vi.spyOn(api, 'tellImportOutcomes');
    const reading = new ImportReading({ api, db }, { importId }, { pageSize: 2 });
    const heard: number[] = [];
    reading.subscribe(() => {
      heard.push(reading.getSnapshot().counts.all);
      if (reading.getSnapshot().counts.all === 4) reading.dispose();
    });
    await reading.start();
    expect(heard.at(-1)).toBe(4);
    expect(tell).toHaveBeenCalledTimes(2);
  });
});
