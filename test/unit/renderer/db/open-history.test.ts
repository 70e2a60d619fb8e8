import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { beforeEach, describe, expect, it } from 'vitest';
import { saveJob } from '../../../../src-renderer/db/commands.ts';
import { askToKeepStorage, storageKept } from '../../../../src-renderer/db/keep-storage.ts';
import {
  deleteSetAside,
  historiesSetAside,
  openHistory,
  wasStorageDeleted,
} from '../../../../src-renderer/db/open-history.ts';
import { jobById } from '../../../../src-renderer/db/queries.ts';
import { sampleJob } from '../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../support.ts';

const NOW = 1_795_000_000_000;
const failing: { name: string | null; error: string; times: number } = { name: null, error: '', times: 0 };

beforeEach(() => {
  const factory = new IDBFactory();
  const open = factory.open.bind(factory);
  failing.name = null;
  factory.open = (name, version) => {
    if (name === failing.name && failing.times > 0) {
      failing.times -= 1;
      throw new DOMException('Internal error opening backing store.', failing.error);
    }
    return open(name, version);
  };
  Dexie.dependencies.indexedDB = factory;
  globalThis.indexedDB = factory;
});

function failToOpen(name: string, error: string, times = 100) {
  Object.assign(failing, { name, error, times });
}

async function historyWithAJob() {
  const { db } = await openHistory();
  await saveJob(db, sampleJob(0), { origin: 'author' });
  db.close();
}

describe('storage that Chromium deletes as it is damaged', () => {
  function refuse(times: number, name: string): void {
    const list = indexedDB.databases.bind(indexedDB);
    let left = times;
    indexedDB.databases = async () => {
      left -= 1;
      if (left >= 0) throw new DOMException('Internal error opening backing store.', name);
      return list();
    };
  }

  it('is told from storage that opens', async () => {
    expect(await wasStorageDeleted()).toBe(false);
    refuse(1, 'UnknownError');
    expect(await wasStorageDeleted()).toBe(true);
    expect((await openHistory()).setAside).toBeNull();
  });

  it('is not said to be where the history is there at the next try', async () => {
    await historyWithAJob();
    refuse(1, 'UnknownError');
    expect(await wasStorageDeleted()).toBe(false);
  });

  it('is a problem where it does not open at the next try either, or for another reason', async () => {
    refuse(2, 'UnknownError');
    await expect(wasStorageDeleted()).rejects.toThrow('Internal error');
    refuse(1, 'QuotaExceededError');
    await expect(wasStorageDeleted()).rejects.toMatchObject({ name: 'QuotaExceededError' });
  });
});

describe('opening the history', () => {
  it('makes it where there is none, and finds it again', async () => {
    const first = await openHistory();
    expect(first).toMatchObject({ setAside: null });
    first.db.close();
    const second = await openHistory();
    expect(second).toMatchObject({ setAside: null });
    expect(second.db.name).toBe(first.db.name);
  });

  it('sets a damaged one aside, and goes on with the new one from then on', async () => {
    await historyWithAJob();
    failToOpen('jobdeck', 'UnknownError');
    const opened = await openHistory({ nowMs: NOW });
    expect(opened).toMatchObject({ setAside: 'jobdeck' });
    await saveJob(opened.db, sampleJob(1), { origin: 'author' });
    opened.db.close();
    const again = await openHistory();
    expect(again).toMatchObject({ setAside: null });
    expect(await jobById(again.db, sampleJob(1).id)).toBeDefined();
    expect(await historiesSetAside()).toEqual([{ name: 'jobdeck', atMs: NOW }]);
  });

  it('goes on with the newest one also where the clock was set back', async () => {
    const first = await openHistory({ nowMs: NOW, isToSetAside: () => true });
    first.db.close();
    for (const nowMs of [NOW - 1e10, 5]) {
      const { db, setAside } = await openHistory({ nowMs, isToSetAside: () => true });
      expect(setAside).not.toBeNull();
      db.close();
      const again = await openHistory();
      expect(again.db.name).toBe(db.name);
      again.db.close();
    }
  });

  it('keeps what was in the damaged one, until it is deleted by hand', async () => {
    await historyWithAJob();
    failToOpen('jobdeck', 'UnknownError');
    const { db } = await openHistory({ nowMs: NOW });
    failing.name = null;
    const aside = new Dexie('jobdeck');
    await aside.open();
    expect(await aside.table('history').count()).toBe(1);
    aside.close();
    await deleteSetAside(db.name);
    expect(await historiesSetAside()).toEqual([{ name: 'jobdeck', atMs: NOW }]);
    await deleteSetAside('jobdeck');
    expect(await historiesSetAside()).toEqual([]);
    expect(await db.jobs.count()).toBe(0);
  });

  it('tries a second time before it gives one up', async () => {
    await historyWithAJob();
    failToOpen('jobdeck', 'UnknownError', 1);
    const { db, setAside } = await openHistory();
    expect(setAside).toBeNull();
    expect(await jobById(db, sampleJob(0).id)).toBeDefined();
  });

  it.each(['QuotaExceededError', 'VersionError', 'AbortError'])(
    'sets nothing aside for a %s',
    async (name) => {
      await historyWithAJob();
      failToOpen('jobdeck', name);
      await expect(openHistory()).rejects.toThrow();
      expect(await historiesSetAside()).toEqual([]);
    },
  );

  it('sets one aside that opens, where the person asks for it', async () => {
    await historyWithAJob();
    const { db, setAside } = await openHistory({ isToSetAside: (name) => name === 'jobdeck', nowMs: NOW });
    expect(setAside).toBe('jobdeck');
    expect(await db.jobs.count()).toBe(0);
  });
});

describe('keeping the storage', () => {
  const storage = (persisted: boolean, persist: boolean) => {
    const asked: string[] = [];
    return {
      asked,
      persisted: async () => persisted,
      persist: async () => {
        asked.push('persist');
        return persist;
      },
    };
  };

  it('is asked for while it is not granted, and the answer is kept', async () => {
    const db = freshDatabase();
    const refusing = storage(false, false);
    expect(await askToKeepStorage(db, refusing)).toBe(false);
    expect(await storageKept(db)).toBe(false);
    const granted = storage(true, true);
    expect(await askToKeepStorage(db, granted)).toBe(true);
    expect(granted.asked).toEqual([]);
    expect(await storageKept(db)).toBe(true);
  });

  it('is unknown where the browser has no such question', async () => {
    const db = freshDatabase();
    expect(await askToKeepStorage(db, undefined)).toBeNull();
  });
});
