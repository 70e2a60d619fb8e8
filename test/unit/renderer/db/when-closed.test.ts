import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { expect, it } from 'vitest';
import { viewCounts } from '../../../../src-renderer/db/queries.ts';
import { whenClosed } from '../../../../src-renderer/db/when-closed.ts';
import { freshDatabase } from '../support.ts';

async function closedByDeletion(db: ReturnType<typeof freshDatabase>, watched: boolean) {
  await db.open();
  let times = 0;
  const told = new Promise<void>((resolve) => {
    const stop = whenClosed(db, () => {
      times += 1;
      resolve();
    });
    if (!watched) stop();
  });
  await Dexie.delete(db.name);
  if (watched) await told;
  return () => times;
}

it('tells once, and leaves no new history in the place of the one that was closed', async () => {
  const db = freshDatabase();
  const times = await closedByDeletion(db, true);
  await expect(viewCounts(db)).rejects.toMatchObject({ name: Dexie.errnames.DatabaseClosed });
  db.close();
  expect(times()).toBe(1);
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(db.name);
});

it('leaves a history alone that is not watched any more', async () => {
  const db = freshDatabase();
  const times = await closedByDeletion(db, false);
  expect((await viewCounts(db)).all).toBe(0);
  expect(times()).toBe(0);
});
