import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { NEWEST_FIRST } from '../../../../src-renderer/db/queries.ts';
import {
  changeView,
  listViews,
  moveView,
  removeView,
  renameView,
  restoreView,
  saveView,
} from '../../../../src-renderer/db/views.ts';
import { freshDatabase } from '../support.ts';

async function threeViews() {
  const db = freshDatabase();
  const save = (name: string) =>
    saveView(db, { name, filter: 'failed', search: `tag:${name}`, sort: NEWEST_FIRST });
  const rows = [await save('a'), await save('b'), await save('c')] as const;
  return { db, rows, names: async () => (await listViews(db)).map((view) => view.name) };
}

it('views are listed in the order in which they were saved, as they were saved', async () => {
  const { db, rows } = await threeViews();
  expect(await listViews(db)).toEqual(rows);
  expect(rows[0]).toMatchObject({ filter: 'failed', search: 'tag:a', sort: NEWEST_FIRST });
});

it('a view changes places with its neighbour, and stays at the ends', async () => {
  const { db, rows, names } = await threeViews();
  await moveView(db, rows[2].id, -1);
  expect(await names()).toEqual(['a', 'c', 'b']);
  await moveView(db, rows[0].id, -1);
  await moveView(db, rows[1].id, 1);
  expect(await names()).toEqual(['a', 'c', 'b']);
});

it('a view that was removed comes back to its place', async () => {
  const { db, rows, names } = await threeViews();
  const removed = await removeView(db, rows[1].id);
  expect(await names()).toEqual(['a', 'c']);
  if (removed) await restoreView(db, removed);
  expect(await names()).toEqual(['a', 'b', 'c']);
  expect(await removeView(db, 'none')).toBeUndefined();
});

it('views that came to one place are told apart by a move', async () => {
  const { db, rows, names } = await threeViews();
  const removed = await removeView(db, rows[2].id);
  await saveView(db, { name: 'd', filter: 'all', search: '', sort: NEWEST_FIRST });
  if (removed) await restoreView(db, removed);
  const before = await names();
  const last = (await listViews(db)).at(-1);
  await moveView(db, last?.id ?? '', -1);
  expect(await names()).toEqual([...before.slice(0, 2), before[3], before[2]]);
});

it('a new name is trimmed and bounded, and an empty one is none', async () => {
  const { db, rows, names } = await threeViews();
  await renameView(db, rows[0].id, '  first  ');
  await renameView(db, rows[1].id, '   ');
  await renameView(db, rows[2].id, 'x'.repeat(200));
  expect(await names()).toEqual(['first', 'b', 'x'.repeat(80)]);
});

it('a view shows something else under its name and at its place, and can be brought back', async () => {
  const { db, rows } = await threeViews();
  const sort = { column: 'duration', direction: 'desc' } as const;
  const before = await changeView(db, rows[1].id, { filter: 'all', search: 'kind:http', sort });
  expect(before).toEqual(rows[1]);
  expect(await listViews(db)).toEqual([
    rows[0],
    { ...rows[1], filter: 'all', search: 'kind:http', sort },
    rows[2],
  ]);
  if (before) await restoreView(db, before);
  expect(await listViews(db)).toEqual(rows);
  await removeView(db, rows[1].id);
  expect(await changeView(db, rows[1].id, { filter: 'all', search: '', sort })).toBeUndefined();
  expect(await listViews(db)).toHaveLength(2);
});
