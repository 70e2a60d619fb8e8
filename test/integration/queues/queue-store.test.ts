import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../src-main/adapters/journal/database.ts';
import { createQueueStore } from '../../../src-main/adapters/queues/queue-store.ts';
import { temporaryDirectory } from '../journal/harness.ts';

function openQueues(directory: string = temporaryDirectory()) {
  const database = openDatabase(join(directory, 'journal.sqlite'));
  const problems: string[] = [];
  const store = createQueueStore(database, { onProblem: (error) => problems.push(error.message) });
  onTestFinished(() => database.close());
  return { database, problems, store };
}

it('has the settings of all queues again when it is opened again, in the order of their names', () => {
  const { database, store } = openQueues();
  store.save({ name: 'night', slots: 2, mode: 'paused' });
  store.save({ name: 'default', slots: null, mode: 'open' });
  store.save({ name: 'gone', slots: 1, mode: 'open' });
  store.save({ name: 'night', slots: 3, mode: 'draining' });
  store.remove('gone');
  store.remove('never-there');
  expect(openQueues(dirname(database.file)).store.load()).toEqual([
    { name: 'default', slots: null, mode: 'open' },
    { name: 'night', slots: 3, mode: 'draining' },
  ]);
});

it.each(["mode = 'odd'", 'slots = 0', 'slots = -1'])('names a row with %s and gives the others', (damage) => {
  const { database, store, problems } = openQueues();
  store.save({ name: 'a', slots: 1, mode: 'open' });
  store.save({ name: 'b', slots: 1, mode: 'open' });
  database.sqlite.exec(`UPDATE queues SET ${damage} WHERE name = 'a'`);
  expect(store.load().map(({ name }) => name)).toEqual(['b']);
  expect(problems).toEqual([expect.stringContaining('"name":"a"')]);
});
