import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { expect, it } from 'vitest';
import { viewCounts } from '../../../../src-renderer/db/queries.ts';
import { whenClosed } from '../../../../src-renderer/db/when-closed.ts';
import { freshDatabase } from '../support.ts';

it('tells, and leaves no new history in the place of the one that was closed', async () => {
  const db = freshDatabase();
  await db.open();
  const closed = whenClosed(db);
  await Dexie.delete(db.name);
  await closed;
  await expect(viewCounts(db)).rejects.toMatchObject({ name: Dexie.errnames.DatabaseClosed });
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(db.name);
});
