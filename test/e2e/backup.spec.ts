/** Backups: made and checked, gone back to, brought back where the window's storage is lost, and trusted only at home. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, test } from './support/app.ts';
import { backUp, openHistorySettings, openRestore } from './support/backups.ts';
import { answerOpenDialog } from './support/native.ts';
import { dataDirectory, fillNewJob, history, line, runNewJob } from './support/window.ts';

test('a job that was deleted for good comes back from a backup, and goes again when that is undone', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  const { page } = app;
  await runNewJob(page, { name: 'Precious', shell: 'echo kept' });
  await runNewJob(page, { name: 'Bystander', shell: 'true' });
  await expect(line(page, 'Precious', 'done')).toBeVisible();
  await expect(line(page, 'Bystander', 'done')).toBeVisible();
  const before = await history(app, temporaryFolder);
  await backUp(page, '2 jobs');

  const output = join(await dataDirectory(app), 'output');
  expect(outputsIn(output)).toHaveLength(2);
  await remove(page, 'Precious');
  // The output goes last: then there is no way back but the backup.
  await expect.poll(() => outputsIn(output).length, { timeout: 40_000 }).toBe(1);

  const dialog = await openRestore(page);
  await dialog.getByRole('button', { name: /^Look into/ }).click();
  await expect(dialog.getByRole('row', { name: 'In the backup alone' })).toContainText('1Precious');
  await expect(dialog.getByRole('row', { name: 'The same in both' })).toContainText('1');
  await dialog.getByRole('button', { name: 'Restore 1 job' }).click();
  await expect(dialog).toBeHidden();
  await expect(line(page, 'Precious', 'done')).toBeVisible();
  expect(await history(app, temporaryFolder)).toEqual(before);

  await undo(page);
  await expect(page.getByText('The restore of 1 job is undone.')).toBeVisible();
  await expect(line(page, 'Precious')).toHaveCount(0);
  await expect(line(page, 'Bystander')).toHaveCount(1);
});

test('a window whose storage is lost begins with the newest backup that can be read', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  const { page } = app;
  await runNewJob(page, { name: 'First', shell: 'true' });
  await expect(line(page, 'First', 'done')).toBeVisible();
  await backUp(page, '1 job');
  const before = await history(app, temporaryFolder);
  await runNewJob(page, { name: 'Second', shell: 'true' });
  await expect(line(page, 'Second', 'done')).toBeVisible();
  await backUp(page, '2 jobs');
  const folder = join(await dataDirectory(app), 'backups');
  const [, newest] = readdirSync(folder).sort();
  truncateSync(join(folder, newest ?? ''), 400);

  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deletion = indexedDB.deleteDatabase('jobdeck');
        deletion.onsuccess = () => resolve();
        deletion.onerror = () => reject(deletion.error);
      }),
  );
  // Nothing is begun anew in its place, which would then be taken for the history.
  await expect(page.getByRole('heading', { name: 'The history was closed' })).toBeVisible();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByText('The history was lost; 1 job came back')).toBeVisible();
  await expect(line(page, 'First', 'done')).toBeVisible();
  expect(await history(app, temporaryFolder)).toEqual(before);
  expect(readdirSync(folder)).toHaveLength(2);
});

test('a history that the browser drops while jobs run is closed at once, and comes back with how they go on', async ({
  launchApp,
  temporaryFolder,
}) => {
  const { page } = await launchApp();
  await runNewJob(page, { name: 'First', shell: 'true' });
  await expect(line(page, 'First', 'done')).toBeVisible();
  await backUp(page, '1 job');
  const flag = join(temporaryFolder, 'go-on');
  await runNewJob(page, { name: 'Runs on', shell: `until [ -e "${flag}" ]; do sleep 0.1; done` });
  await expect(line(page, 'Runs on', 'running')).toBeVisible();

  const devTools = await page.context().newCDPSession(page);
  const origin = await page.evaluate(() => location.origin);
  await devTools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await expect(page.getByRole('heading', { name: 'The history was closed' })).toBeVisible();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByText('The history was lost; 1 job came back')).toBeVisible();
  await expect(line(page, 'First', 'done')).toBeVisible();
  await expect(line(page, 'Runs on', 'running')).toBeVisible();
  writeFileSync(flag, '');
  await expect(line(page, 'Runs on', 'done')).toBeVisible();
});

test('a window whose storage is damaged begins with the newest backup, too', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  await runNewJob(app.page, { name: 'Precious', shell: 'echo kept' });
  await expect(line(app.page, 'Precious', 'done')).toBeVisible();
  await backUp(app.page, '1 job');
  const before = await history(app, temporaryFolder);
  await app.close();
  const files = storageFiles(app.userData);
  expect(files).not.toEqual([]);
  for (const file of files) writeFileSync(file, randomBytes(200));

  const again = await launchApp({ userData: app.userData });
  await expect(again.page.getByText('The history was lost; 1 job came back')).toBeVisible();
  await expect(line(again.page, 'Precious', 'done')).toBeVisible();
  expect(await history(again, temporaryFolder)).toEqual(before);
});

test('a history that its owner has rebuilt is set aside, and goes when that is asked for', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  const { page } = app;
  await runNewJob(page, { name: 'Precious', shell: 'echo kept' });
  await expect(line(page, 'Precious', 'done')).toBeVisible();
  await backUp(page, '1 job');
  const before = await history(app, temporaryFolder);

  // What "Rebuild the history" asks for, which is offered where a history can not be read.
  await page.evaluate(() => localStorage.setItem('jobdeck-set-aside', 'jobdeck'));
  await page.reload();
  await expect(page.getByText('The history was damaged and has been set aside.')).toBeVisible();
  expect(await history(app, temporaryFolder)).toEqual(before);
  await page.reload();
  await expect(line(page, 'Precious', 'done')).toBeVisible();

  const storage = (await openHistorySettings(page)).getByRole('region', { name: 'Storage' });
  await expect(storage).toContainText(/The history takes [\d.]+ .?B/);
  await expect(storage).toContainText('It is kept even where the disk runs short.');
  await storage.getByRole('button', { name: /^Delete the history set aside/ }).click();
  await storage.getByRole('button', { name: 'Keep' }).click();
  await storage.getByRole('button', { name: /^Delete the history set aside/ }).click();
  await storage.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(storage.getByRole('list', { name: 'Histories set aside' })).toHaveCount(0);
  const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(names).not.toContain('jobdeck');
  await page.keyboard.press('Escape');
  await expect(line(page, 'Precious', 'done')).toBeVisible();
});

test('what a backup from elsewhere brings runs only after it was approved here', async ({ launchApp }) => {
  const theirs = await launchApp();
  const dialog = await fillNewJob(theirs.page, { name: 'Theirs', shell: 'true' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(line(theirs.page, 'Theirs', 'saved')).toBeVisible();
  await backUp(theirs.page, '1 job');
  const folder = join(await dataDirectory(theirs), 'backups');
  const [file] = readdirSync(folder);

  const ours = await launchApp();
  await runNewJob(ours.page, { name: 'Ours', shell: 'true' });
  await expect(line(ours.page, 'Ours', 'done')).toBeVisible();
  await answerOpenDialog(ours.electron, [join(folder, file ?? '')]);
  const restore = await openRestore(ours.page);
  await restore.getByRole('button', { name: 'Choose a file…' }).click();
  await expect(restore).toContainText('This backup was not made here');
  await restore.getByRole('button', { name: 'Restore 1 job' }).click();
  await expect(line(ours.page, 'Theirs', 'needs approval')).toBeVisible();
});

test('a deletion is undone with a key for as long as its toast is looked at, also from inside a dialog', async ({
  launchApp,
}) => {
  const app = await launchApp();
  const { page } = app;
  for (const name of ['Oldest', 'Newest']) {
    await runNewJob(page, { name, shell: `echo ${name}` });
    await expect(line(page, name, 'done')).toBeVisible();
  }
  const output = join(await dataDirectory(app), 'output');
  await page.clock.install();
  await remove(page, 'Oldest');
  await remove(page, 'Newest');
  const undoButtons = page.getByRole('button', { name: 'Undo' });
  await expect(undoButtons).toHaveCount(2);
  await expect(undoButtons.first()).toHaveAttribute('aria-keyshortcuts', 'Control+Z Meta+Z');
  await undoButtons.first().focus();
  await page.clock.runFor(120_000);
  // The other one has gone for good meanwhile, and the key brings back what is left to bring back.
  await expect(undoButtons).toHaveCount(1);
  await expect.poll(() => outputsIn(output).length).toBe(1);
  await page.keyboard.press('Control+z');
  await expect(line(page, 'Oldest', 'done')).toBeVisible();
  await page.clock.runFor(120_000);
  expect(outputsIn(output)).toHaveLength(1);

  await remove(page, 'Oldest');
  const dialog = await openHistorySettings(page);
  await dialog.getByRole('textbox', { name: 'Backups that are kept' }).press('Control+z');
  await expect(line(page, 'Oldest')).toHaveCount(0);
  await dialog.getByRole('tab', { name: 'History' }).press('Control+z');
  await page.keyboard.press('Escape');
  await expect(line(page, 'Oldest', 'done')).toBeVisible();
});

/** A toast changes its corner when a dialog closes: for a moment there are two of it. */
async function undo(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Undo' });
  await expect(button).toHaveCount(1);
  await button.click();
}

async function remove(page: Page, name: string): Promise<void> {
  await line(page, name).first().click();
  await page.keyboard.press('Delete');
  await expect(line(page, name)).toHaveCount(0);
}

/** What Chromium keeps the history in. */
function storageFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.parentPath.endsWith('.indexeddb.leveldb'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The folders of jobs that have output. */
function outputsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((shard) => readdirSync(join(folder, shard)));
}
