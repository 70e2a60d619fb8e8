import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { BackupRecord } from '#shared/contract/backups.ts';
import { start } from '../../../../src-renderer/app/start.ts';
import { readCursor } from '../../../../src-renderer/db/apply-records.ts';
import { openHistory } from '../../../../src-renderer/db/open-history.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import { sampleHistory, sampleJobIn } from '../../../fakes/sample-jobs.ts';

const kept = new Map<string, string>();
beforeEach(() => {
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  });
  vi.stubGlobal('document', { querySelector: () => null });
});
afterEach(() => vi.unstubAllGlobals());

/** An application with a backup of so many jobs, and a window that is about to start. */
function lostHistory(count: number) {
  const fake = createFakeJobdeck();
  const records = sampleHistory(count).map(
    (job): BackupRecord => ({
      kind: 'job',
      job,
      origin: 'author',
      approvedAtMs: null,
      journalId: null,
      seq: 0,
    }),
  );
  fake.backups.add(records);
  vi.stubGlobal('window', { jobdeck: fake.api });
  return fake;
}

it('of a history that the browser drops in the middle of its recovery ends there, and the next one has all of it', async () => {
  const { api } = lostHistory(600);
  const { readBackup } = api;
  let pages = 0;
  api.readBackup = async (request) => {
    const page = await readBackup(request);
    pages += 1;
    if (pages === 2) await Dexie.delete('jobdeck');
    return page;
  };
  expect(await start(() => {})).toMatchObject({ ok: false, title: 'The history was closed' });
  expect(await indexedDB.databases()).toEqual([]);

  const again = await start(() => {});
  if (!again.ok) throw again.error;
  await again.services.consumer.pullNow();
  expect(await again.services.db.jobs.count()).toBe(600);
  again.services.consumer();
  again.services.db.close();
  await Dexie.delete('jobdeck');
});

it('of a history that is dropped in its first round with the runner writes nothing of that elsewhere', async () => {
  const { api, main } = lostHistory(10);
  main.submit({ jobs: [sampleJobIn('created', 50)], consent: 'author' });
  const { pullOutbox } = api;
  let isDropped = false;
  api.pullOutbox = async (request) => {
    const answer = await pullOutbox(request);
    if (!isDropped) await Dexie.delete('jobdeck');
    isDropped = true;
    return answer;
  };
  const started = await start(() => {});
  if (!started.ok) throw started.error;
  await started.closed;
  await started.services.consumer.pullNow();
  started.services.consumer();
  expect(await indexedDB.databases()).toEqual([]);
  const { db } = await openHistory();
  expect(await readCursor(db)).toBeNull();
  db.close();
});
