/** Exporting: what is chosen is what is written, whole, and what is left out is nowhere in it. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Locator, Page } from 'playwright/test';
import { readZip } from '../fakes/read-zip.ts';
import { expect, test } from './support/app.ts';
import { answerOpenDialog, answerSaveDialog, recordShell, shellCalls } from './support/native.ts';
import { line, runNewJob } from './support/window.ts';

async function openExport(page: Page): Promise<Locator> {
  await page.getByRole('main').getByRole('button', { name: 'Export' }).first().click();
  return page.getByRole('dialog', { name: 'Export' });
}

const LONG = 'head -c 20000 /dev/zero | tr "\\0" x; echo the end';

test('a zip file and a folder hold the records and what was printed, and are shown where they are', async ({
  launchApp,
  temporaryFolder,
}) => {
  const { page, electron } = await launchApp();
  await runNewJob(page, { name: 'Prints', shell: LONG });
  await expect(line(page, 'Prints', 'done')).toBeVisible();
  await recordShell(electron);

  const zip = join(temporaryFolder, 'all.zip');
  await answerSaveDialog(electron, zip);
  let dialog = await openExport(page);
  await dialog.getByRole('radio', { name: 'NDJSON' }).check();
  await dialog.getByRole('radio', { name: /^A zip file/ }).check();
  await expect(dialog.getByRole('checkbox', { name: 'Values of metadata' })).toBeDisabled();
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  const [output, records] = readZip(readFileSync(zip));
  const { id } = JSON.parse(records?.content.toString() ?? '') as { id: string };
  expect(output?.name).toBe(`outputs/${id}/attempt-1.stdout.txt`);
  expect(output?.content.toString()).toBe(`${'x'.repeat(20_000)}the end\n`);
  const said = page.getByRole('alert').filter({ hasText: '1 job exported.' });
  await said.getByRole('button', { name: 'Show in folder' }).click();
  await expect.poll(() => shellCalls(electron)).toEqual([{ name: 'showItemInFolder', argument: zip }]);

  const folder = join(temporaryFolder, 'all');
  await answerSaveDialog(electron, folder);
  dialog = await openExport(page);
  await dialog.getByRole('radio', { name: /^A folder/ }).check();
  await dialog.getByRole('button', { name: 'Choose folder…' }).click();
  await expect(dialog).toBeHidden();
  expect(readdirSync(folder).sort()).toEqual(['jobs.json', 'outputs']);
  expect(readFileSync(join(folder, 'outputs', id, 'attempt-1.stdout.txt')).length).toBe(20_008);

  // What is there is not replaced by a folder, and what went wrong is said where one can choose again.
  dialog = await openExport(page);
  await dialog.getByRole('radio', { name: /^A folder/ }).check();
  await dialog.getByRole('button', { name: 'Choose folder…' }).click();
  await expect(dialog.getByRole('alert')).toContainText('which is there already');
  expect(readdirSync(temporaryFolder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('what is left out is nowhere in the file, and the rest comes in again', async ({
  launchApp,
  temporaryFolder,
}) => {
  const { page, electron } = await launchApp();
  await runNewJob(page, {
    name: 'Top secret',
    shell: 'echo classified; exit 4',
    callbackUrl: 'http://127.0.0.1:9/hook',
  });
  await expect(line(page, 'Top secret', 'exit 4')).toBeVisible();
  const file = join(temporaryFolder, 'redacted.ndjson.gz');
  await answerSaveDialog(electron, file);
  const dialog = await openExport(page);
  await dialog.getByRole('radio', { name: 'NDJSON' }).check();
  await dialog.getByRole('radio', { name: /^A gzip file/ }).check();
  await dialog.getByRole('checkbox', { name: 'Callback URLs' }).check();
  await dialog.getByRole('checkbox', { name: 'Values of metadata' }).check();
  await dialog.getByRole('button', { name: 'Choose file…' }).click();
  await expect(dialog).toBeHidden();
  const text = gunzipSync(readFileSync(file)).toString();
  expect(text).not.toMatch(/secret|classified|hook/u);
  expect(JSON.parse(text)).toMatchObject({ status: 'failed', callback_url: null });

  const other = await launchApp();
  await answerOpenDialog(other.electron, [file]);
  await other.page.getByRole('button', { name: 'Import' }).first().click();
  const importing = other.page.getByRole('dialog', { name: 'Import' });
  await importing.getByRole('button', { name: 'Choose files…' }).click();
  await importing.getByRole('button', { name: 'Import 1 job' }).click();
  await expect(line(other.page, JSON.parse(text).id)).toBeVisible();
});

test('a spreadsheet has the rows of the list in its order, and none that runs a formula', async ({
  launchApp,
  temporaryFolder,
}) => {
  const { page, electron } = await launchApp();
  for (const name of ['=1+1', 'B, with a comma', 'Alpha']) {
    await runNewJob(page, { name, shell: 'true' });
    await expect(line(page, name, 'done')).toBeVisible();
  }
  await page.getByRole('grid', { name: 'Jobs' }).getByRole('button', { name: 'Name' }).click();
  const file = join(temporaryFolder, 'list.csv');
  await answerSaveDialog(electron, file);
  const dialog = await openExport(page);
  await dialog.getByRole('radio', { name: /^All jobs/ }).check();
  await dialog.getByRole('radio', { name: 'CSV' }).check();
  await dialog.getByRole('button', { name: 'Choose file…' }).click();
  await expect(dialog).toBeHidden();
  const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\r\n');
  const at = header?.split(',').indexOf('name') ?? -1;
  expect(at).toBeGreaterThanOrEqual(0);
  const names = rows.map((row) => row.match(/"(?:[^"]|"")*"|[^,]+|(?<=,)(?=,)/gu)?.[at]);
  expect(names).toEqual(["'=1+1", 'Alpha', '"B, with a comma"']);
});

test('an export that is stopped, by the dialog or by its button, leaves what was there', async ({
  launchApp,
  temporaryFolder,
}) => {
  const { page, electron } = await launchApp();
  await runNewJob(page, { name: 'Large', shell: 'yes | head -c 1000000000' });
  await expect(line(page, 'Large', 'done')).toBeVisible({ timeout: 60_000 });
  const zip = join(temporaryFolder, 'all.zip');
  writeFileSync(zip, 'before');
  await answerSaveDialog(electron, null);
  const dialog = await openExport(page);
  await dialog.getByRole('radio', { name: /^A zip file/ }).check();
  await dialog.getByRole('button', { name: 'Choose file…' }).click();
  await expect(dialog.getByRole('button', { name: 'Choose file…' })).toBeEnabled();

  await answerSaveDialog(electron, zip);
  await dialog.getByRole('button', { name: 'Choose file…' }).click();
  await expect(dialog.getByText(/1 of 1 job, \d+ MB/u)).toBeVisible();
  // A slip does not end it: a click beside the dialog, or a file that is dropped.
  await page.mouse.click(5, 300);
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['{}'], 'dropped.json'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await expect(page.getByText('An export is being written.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Export stopped. Nothing is left of it.')).toBeVisible();
  expect(readFileSync(zip, 'utf8')).toBe('before');
  expect(readdirSync(temporaryFolder).filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(existsSync(`${zip}.part`)).toBe(false);
});

test('where the list cannot be exported nothing is chosen in its place, and no choice to leave something out is lost', async ({
  launchApp,
  temporaryFolder,
}) => {
  const { page, electron } = await launchApp();
  await runNewJob(page, { name: 'Told', shell: 'true', callbackUrl: 'http://127.0.0.1:9/hook' });
  await expect(line(page, 'Told', 'done')).toBeVisible();
  await page.getByRole('searchbox').or(page.getByLabel('Search jobs')).first().fill('status:runing ');
  await expect(line(page, 'Told')).toHaveCount(0);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const dialog = await openExport(page);
  await expect(dialog).toContainText('The list that is shown cannot be exported: its search has a mistake');
  await expect(dialog.getByRole('radio', { name: /^All jobs/ })).not.toBeChecked();
  await expect(dialog.getByRole('button', { name: 'Choose file…' })).toBeDisabled();
  await dialog.getByRole('radio', { name: /^All jobs/ }).check();

  await dialog.getByRole('checkbox', { name: 'Values of metadata' }).check();
  await dialog.getByRole('radio', { name: /^A zip file/ }).check();
  await dialog.getByRole('checkbox', { name: 'Callback URLs' }).check();
  await dialog.getByRole('radio', { name: 'A file', exact: true }).check();
  await expect(dialog.getByRole('checkbox', { name: 'Values of metadata' })).toBeChecked();
  const file = join(temporaryFolder, 'all.json');
  await answerSaveDialog(electron, file);
  await dialog.getByRole('button', { name: 'Choose file…' }).click();
  await expect(dialog).toBeHidden();
  expect(readFileSync(file, 'utf8')).not.toMatch(/Told|hook/u);
});
