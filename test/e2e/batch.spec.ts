/** Many items of one task, as a person does it: write, watch, look at what failed, run that again, export. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './support/app.ts';
import { answerSaveDialog } from './support/native.ts';
import { isAlive } from './support/processes.ts';
import { fillNewJob, line, showTab } from './support/window.ts';

interface Batch {
  name: string;
  shell: string;
  items: readonly string[];
  atATime: number;
  rerunsWhenKilled?: boolean;
}

async function runBatch(page: Parameters<typeof fillNewJob>[0], batch: Batch): Promise<void> {
  const dialog = await fillNewJob(page, batch);
  await dialog.getByRole('radio', { name: 'For many items' }).check({ force: true });
  await dialog.getByRole('radio', { name: 'Lines' }).check({ force: true });
  await dialog.getByRole('textbox', { name: 'Items, one a line' }).fill(batch.items.join('\n'));
  await dialog.getByRole('textbox', { name: 'At a time' }).fill(String(batch.atATime));
  await dialog.getByRole('button', { name: 'Run now' }).click();
  await expect(dialog).toBeHidden();
}

test('a batch runs, what failed is looked at and run again, and the results are exported as one', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  const { page } = app;
  const mended = join(temporaryFolder, 'mended');
  await runBatch(page, {
    name: 'Visit',
    shell: `echo "to {{item}}"; [ {{item}} != "it's far" ] || [ -e ${mended} ]`,
    items: ['near', "it's far", 'home', '$(touch nothing)'],
    atATime: 2,
  });
  await expect(line(page, 'Visit', 'exit code')).toBeVisible();

  const items = await showTab(page, 'Visit', 'Items');
  await expect(items).toContainText('4 of 4 done');
  await expect(items.getByRole('option')).toHaveCount(4 + 3); // and those of the choice of status
  await items.getByLabel('Which items').selectOption('failed');
  const list = items.getByRole('listbox', { name: 'Items' });
  await expect(list.getByRole('option')).toHaveCount(1);
  await list.getByRole('option').click();
  await expect(items.getByRole('heading', { name: 'Item 1' })).toBeVisible();
  await expect(items).toContainText('exit code 1');
  await expect(items.getByRole('region', { name: 'Output of the item' })).toHaveText("to it's far");
  await page.keyboard.press('Escape');
  await expect(list).toBeVisible();

  writeFileSync(mended, '');
  await items.getByRole('button', { name: 'Re-run failed only' }).click();
  await expect(line(page, 'Visit', 'done')).toBeVisible();
  await expect(items).toContainText('1 of 1 done');

  const file = join(temporaryFolder, 'visits.ndjson');
  await answerSaveDialog(app.electron, file);
  await items.getByRole('button', { name: 'Export results' }).click();
  const exporting = page.getByRole('dialog', { name: 'Export results' });
  await exporting.getByRole('button', { name: 'Choose file…' }).click();
  await expect(page.getByText('4 results exported.')).toBeVisible();
  const results = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map(
      (text) =>
        JSON.parse(text) as { index: number; item: string; status: string; result: { stdout: string } },
    );
  expect(results.map(({ index, item, status, result }) => [index, item, status, result.stdout])).toEqual([
    [0, 'near', 'completed', 'to near\n'],
    [1, "it's far", 'completed', "to it's far\n"],
    [2, 'home', 'completed', 'to home\n'],
    [3, '$(touch nothing)', 'completed', 'to $(touch nothing)\n'],
  ]);
});

test('after kill -9 a batch goes on where it was, and no item counts twice', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  const marks = join(temporaryFolder, 'marks');
  const gate = join(temporaryFolder, 'gate');
  await runBatch(app.page, {
    name: 'Long way',
    shell: `echo {{item}} $$ >> ${marks}; [ {{item}} -lt 3 ] || until [ -e ${gate} ]; do sleep 0.05; done`,
    items: ['1', '2', '3', '4', '5', '6'],
    atATime: 2,
    rerunsWhenKilled: true,
  });
  const started = () => (existsSync(marks) ? readFileSync(marks, 'utf8').trim().split('\n') : []);
  // Two are done, two wait at the gate, and two were not handed out yet.
  await expect.poll(started).toHaveLength(4);
  await expect(line(app.page, 'Long way', '33%')).toBeVisible();
  const killed = started()
    .slice(2)
    .map((text) => Number(text.split(' ')[1]));
  await app.killHard();

  writeFileSync(gate, '');
  const again = await launchApp({ userData: app.userData });
  await expect(line(again.page, 'Long way', 'done')).toBeVisible();
  const items = await showTab(again.page, 'Long way', 'Items');
  await expect(items).toContainText('6 of 6 done');
  expect(killed.filter(isAlive)).toEqual([]);
  const counts = new Map<string, number>();
  for (const text of started()) {
    const item = text.split(' ')[0] ?? '';
    counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual({ 1: 1, 2: 1, 3: 2, 4: 2, 5: 1, 6: 1 });
});

test('a cancelled batch ends its running items, keeps the finished ones and starts no other', async ({
  launchApp,
  temporaryFolder,
}) => {
  const { page } = await launchApp();
  const marks = join(temporaryFolder, 'marks');
  await runBatch(page, {
    name: 'Too many',
    shell: `echo $$ >> ${marks}; [ {{item}} = 1 ] || sleep 600`,
    items: ['1', '2', '3', '4'],
    atATime: 1,
  });
  const started = () => (existsSync(marks) ? readFileSync(marks, 'utf8').trim().split('\n').map(Number) : []);
  await expect.poll(started).toHaveLength(2);
  const items = await showTab(page, 'Too many', 'Items');
  await page.getByRole('region', { name: 'Job' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(line(page, 'Too many', 'cancelled')).toBeVisible();
  await expect(items.getByLabel('Which items')).toContainText('Done (1)');
  await expect(items.getByLabel('Which items')).toContainText('Cancelled (3)');
  expect(started().filter(isAlive)).toEqual([]);
  expect(started()).toHaveLength(2);
});
