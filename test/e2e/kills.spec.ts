/** `kill -9` in the middle of what moves the whole history: what is left can be read, and no file is half. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, test } from './support/app.ts';
import { backUp, openRestore } from './support/backups.ts';
import { bringInMany, idOfMany, MANY, MANY_COUNT } from './support/many-jobs.ts';
import { answerSaveDialog } from './support/native.ts';
import { type FrozenRow, frozen, plant } from './support/old-history.ts';
import { dataDirectory, exportAll, history } from './support/window.ts';

test('an export that is killed leaves nothing under its name or beside it, and the history as it was', async ({
  launchApp,
  temporaryFolder,
}) => {
  test.slow();
  const app = await launchApp();
  await bringInMany(app, temporaryFolder);
  const before = await exportAll(app, join(temporaryFolder, 'before.ndjson'), 'NDJSON');

  const file = join(temporaryFolder, 'killed.json');
  await answerSaveDialog(app.electron, file);
  await app.page.getByRole('main').getByRole('button', { name: 'Export' }).first().click();
  await app.page
    .getByRole('dialog', { name: 'Export' })
    .getByRole('button', { name: 'Choose file…' })
    .click();
  await expect.poll(() => halfFiles(temporaryFolder), { intervals: [5] }).toHaveLength(1);
  await app.killHard();
  expect(existsSync(file)).toBe(false);

  const again = await launchApp({ userData: app.userData });
  await expect.poll(() => halfFiles(temporaryFolder)).toEqual([]);
  expect(await exportAll(again, join(temporaryFolder, 'after.ndjson'), 'NDJSON')).toBe(before);
});

test('a backup and a restore that are killed leave no half of one, and can be done again', async ({
  launchApp,
  temporaryFolder,
}) => {
  test.slow();
  const app = await launchApp();
  await bringInMany(app, temporaryFolder);
  const before = await exportAll(app, join(temporaryFolder, 'before.ndjson'), 'NDJSON');
  const folder = join(await dataDirectory(app), 'backups');
  const killing = backUp(app.page, '4,000 jobs').catch(() => 'killed');
  await expect
    .poll(() => (existsSync(folder) ? readdirSync(folder) : []), { intervals: [5] })
    .toHaveLength(1);
  await app.killHard();
  expect(await killing).toBe('killed');

  const second = await launchApp({ userData: app.userData });
  // The import has led to the list of saved jobs; whether that was kept over the kill is a matter of chance.
  await all(second.page).click();
  await backUp(second.page, '4,000 jobs');
  expect(readdirSync(folder).filter((name) => !name.endsWith('.ndjson.gz'))).toEqual([]);
  await second.page.getByRole('button', { name: 'Import' }).first().click();
  await second.page.getByRole('button', { name: 'Undo the import of many.ndjson' }).click();
  await expect(second.page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible({ timeout: 60_000 });
  await second.page.keyboard.press('Escape');
  const dialog = await openRestore(second.page);
  await dialog
    .getByRole('button', { name: /^Look into/ })
    .first()
    .click();
  await dialog.getByRole('button', { name: 'Restore 4,000 jobs' }).click();
  await expect(dialog).toContainText(/Restoring: (?:[1-9]\d{2}|[12],\d{3}) of 4,000 jobs/u);
  await second.killHard();

  const third = await launchApp({ userData: app.userData });
  await expect(
    third.page.getByText(/^The restore “Backup of .*” was interrupted, so nothing of it is kept/),
  ).toBeVisible();
  await third.page.getByRole('navigation').getByRole('button', { name: /^All/ }).click();
  await expect(third.page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible({ timeout: 60_000 });
  const restore = await openRestore(third.page);
  await restore
    .getByRole('button', { name: /^Look into/ })
    .first()
    .click();
  await restore.getByRole('button', { name: 'Restore 4,000 jobs' }).click();
  await expect(restore).toBeHidden({ timeout: 60_000 });
  expect(await exportAll(third, join(temporaryFolder, 'after.ndjson'), 'NDJSON')).toBe(before);
});

test('a history that was being brought up to date when the application was killed is all there after the next start', async ({
  launchApp,
  temporaryFolder,
}) => {
  test.slow();
  const app = await launchApp();
  await expect(app.page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible();
  const old = frozen(2);
  const counters = [{ name: 'created', count: MANY_COUNT }];
  await plant(app.page, { ...old, rows: { jobs: manyLike(old.rows.jobs?.[0]), counters } });
  await app.page.reload();
  await expect(app.page.getByRole('heading', { name: 'Bringing the history up to date' })).toBeVisible({
    timeout: 30_000,
  });
  await expect(app.page.getByText(/^(?:[1-9]\d{2}|[12],\d{3}) of 4,000 jobs\./u)).toBeVisible();
  const folder = join(await dataDirectory(app), 'backups');
  await app.killHard();

  const again = await launchApp({ userData: app.userData });
  await expect(all(again.page)).toBeVisible({ timeout: 30_000 });
  const ids = (await history(again, temporaryFolder)).map(({ id }) => id);
  expect(new Set(ids).size).toBe(MANY_COUNT);
  expect(ids).toHaveLength(MANY_COUNT);
  expect(readdirSync(folder)).toEqual([expect.stringContaining('-migration-')]);
});

/** The list that has all of them. */
function all(page: Page) {
  return page.getByRole('navigation').getByRole('button', { name: `All ${MANY}` });
}

/** Many rows like one, each with an id and a key of its own. */
function manyLike(row: FrozenRow | undefined): FrozenRow[] {
  return Array.from({ length: MANY_COUNT }, (_, n) => {
    const id = idOfMany(n);
    return { ...row, key: n + 1, id, words: [id], job: { ...row?.job, id } };
  });
}

/** What is in the making in a folder. */
function halfFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.part'));
}
