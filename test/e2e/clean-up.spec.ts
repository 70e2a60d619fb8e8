/** Clean-ups: what would go is shown and agreed to first, comes back for a while, and can be stopped on its way. */
import { join } from 'node:path';
import { expect, test } from './support/app.ts';
import { openHistorySettings } from './support/backups.ts';
import { bringInMany, MANY } from './support/many-jobs.ts';
import { exportAll, line, runNewJob } from './support/window.ts';

test('what is beyond its limits is shown before it goes, and can be brought back', async ({ launchApp }) => {
  const app = await launchApp();
  const { page } = app;
  for (const name of ['Oldest', 'Middle', 'Newest']) {
    await runNewJob(page, { name, shell: `echo ${name}` });
    await expect(line(page, name, 'done')).toBeVisible();
  }
  const dialog = await openHistorySettings(page);
  const limit = dialog.getByRole('textbox', { name: 'Done: keep jobs of so many of the newest' });
  await limit.fill('1');
  await limit.press('Enter');
  await dialog.getByRole('button', { name: 'Show what would go now' }).click();
  const list = dialog.getByRole('region', { name: 'What would go' });
  await expect(list.getByRole('row')).toHaveCount(2);
  await expect(list).not.toContainText('Newest');
  await expect(line(page, 'Oldest')).toHaveCount(1);
  // Enter twice, and Escape, change nothing; the settings stay open.
  const now = dialog.getByRole('button', { name: 'Clean up now…' });
  const question = dialog.getByRole('alertdialog', { name: 'Clean up' });
  await now.press('Enter');
  await expect(question).toHaveAccessibleDescription(/^Delete 2 jobs/);
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(now).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(now).toBeFocused();
  await now.click();
  await question.getByRole('button', { name: 'Clean up' }).click();
  await expect(dialog).toContainText('Last cleaned up just now: 2 jobs');
  await expect(line(page, 'Newest')).toHaveCount(1);
  await expect(line(page, 'Oldest')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(page.getByText('2 jobs back.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(line(page, 'Oldest', 'done')).toBeVisible();
  await expect(line(page, 'Middle', 'done')).toBeVisible();
});

test('what goes by itself is agreed to before it is set', async ({ launchApp }) => {
  const { page } = await launchApp();
  for (const name of ['Oldest', 'Newest']) {
    await runNewJob(page, { name, shell: 'true' });
    await expect(line(page, name, 'done')).toBeVisible();
  }
  const dialog = await openHistorySettings(page);
  const limit = dialog.getByRole('textbox', { name: 'Done: keep jobs of so many of the newest' });
  const automatic = dialog.getByRole('group', { name: 'Clean up by itself' });
  await limit.fill('1');
  await limit.press('Enter');
  await automatic.getByRole('radio', { name: 'On' }).click();
  const question = dialog.getByRole('alertdialog', { name: 'Clean up by itself' });
  await expect(question).toHaveAccessibleDescription(/^This would go by itself soon: 1 job/);
  await expect(automatic.getByRole('radio', { name: 'Off' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(automatic.getByRole('radio', { name: 'Off' })).toBeChecked();
  await automatic.getByRole('radio', { name: 'On' }).click();
  await question.getByRole('button', { name: 'Turn on' }).click();
  await expect(automatic.getByRole('radio', { name: 'On' })).toBeChecked();

  // Wider limits make nothing go, so they are kept at once; tighter ones are asked for.
  await limit.fill('10');
  await limit.press('Enter');
  await expect(question).toBeHidden();
  await expect(dialog.getByText('These limits are not kept yet')).toBeHidden();
  await limit.fill('0');
  await expect(dialog.getByText('These limits are not kept yet')).toBeHidden();
  await limit.press('Tab');
  const limits = dialog.getByRole('alertdialog', { name: 'New limits' });
  await expect(limits).toHaveAccessibleDescription(/^This would go by itself soon: 2 jobs/);
  await limits.getByRole('button', { name: 'Cancel' }).click();
  await expect(limit).toHaveValue('10');
});

test('a clean-up that is stopped on its way says what went before, and that comes back', async ({
  launchApp,
  temporaryFolder,
}) => {
  test.slow();
  const app = await launchApp();
  const { page } = app;
  await bringInMany(app, temporaryFolder, { status: 'completed', completed_at: '2026-11-23T09:00:01Z' });
  const before = await exportAll(app, join(temporaryFolder, 'before.ndjson'), 'NDJSON');
  const dialog = await openHistorySettings(page);
  const limit = dialog.getByRole('textbox', { name: 'Done: keep jobs of so many of the newest' });
  await limit.fill('1');
  await limit.press('Enter');
  await dialog.getByRole('button', { name: 'Show what would go now' }).click();
  await dialog.getByRole('button', { name: 'Clean up now…' }).click({ timeout: 30_000 });
  await dialog
    .getByRole('alertdialog', { name: 'Clean up' })
    .getByRole('button', { name: 'Clean up' })
    .click();
  const section = dialog.getByRole('region', { name: 'Clean up now' });
  await expect(section).toContainText(/(?:[5-9]\d\d|[12],\d{3}) jobs looked at/u);
  await section.getByRole('button', { name: 'Stop' }).click();
  await expect(
    page.getByText(/^The clean-up was stopped on its way\. What went before: [\d,]+ jobs/u),
  ).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText(/^[\d,]+ jobs back\.$/u)).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('navigation').getByRole('button', { name: `All ${MANY}` })).toBeVisible();
  expect(await exportAll(app, join(temporaryFolder, 'after.ndjson'), 'NDJSON')).toBe(before);
});
