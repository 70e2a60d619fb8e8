/** What waits, and for what: paused queues, other jobs, a time, another attempt. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './support/app.ts';
import { fillNewJob, line, runNewJob, setSlots, showTab } from './support/window.ts';

test('a paused queue holds its jobs until it is resumed, also over a restart', async ({ launchApp }) => {
  const app = await launchApp();
  const { page } = app;
  await page.getByRole('button', { name: 'Pause the queue default' }).click();
  await expect(page.getByRole('button', { name: 'Resume the queue default' })).toBeVisible();
  await runNewJob(page, { name: 'Held', shell: 'echo let go' });
  await expect(line(page, 'Held', 'queue paused')).toBeVisible();
  await app.killHard();

  const again = await launchApp({ userData: app.userData });
  await expect(line(again.page, 'Held', 'queue paused')).toBeVisible();
  await again.page.getByRole('button', { name: 'Resume the queue default' }).click();
  await expect(line(again.page, 'Held', 'done')).toBeVisible();
});

test('a queue of its own runs one at a time, and is removed once it is empty', async ({
  launchApp,
  temporaryFolder,
}) => {
  const { page } = await launchApp();
  const gate = join(temporaryFolder, 'gate');
  await page.getByRole('button', { name: 'New queue' }).click();
  const dialog = page.getByRole('dialog', { name: 'New queue' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('narrow');
  await dialog.getByRole('textbox', { name: 'Jobs at a time' }).fill('1');
  await dialog.getByRole('button', { name: 'Make queue' }).click();
  await expect(dialog).toBeHidden();

  for (const name of ['First', 'Second']) {
    const form = await fillNewJob(page, { name, shell: `until [ -e ${gate} ]; do sleep 0.05; done` });
    await form.getByRole('button', { name: /^Queue/ }).click();
    await form.getByRole('combobox', { name: 'Queue' }).fill('narrow');
    await form.getByRole('button', { name: 'Run now' }).click();
    await expect(form).toBeHidden();
  }
  await expect(line(page, 'First', 'running')).toBeVisible();
  await expect(line(page, 'Second', 'waiting')).toBeVisible();
  writeFileSync(gate, '');
  await expect(line(page, 'Second', 'done')).toBeVisible();

  await page.getByRole('button', { name: /^narrow/ }).click();
  await page.getByRole('dialog', { name: 'narrow' }).getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('button', { name: 'Pause the queue narrow' })).toBeHidden();
});

test('a waiting job is put first, and runs next', async ({ launchApp, temporaryFolder }) => {
  const { page } = await launchApp();
  await setSlots(page, 1);
  const gate = join(temporaryFolder, 'gate');
  const order = join(temporaryFolder, 'order');
  await runNewJob(page, { name: 'At work', shell: `until [ -e ${gate} ]; do sleep 0.05; done` });
  await expect(line(page, 'At work', 'running')).toBeVisible();
  for (const name of ['Alpha', 'Beta', 'Gamma']) {
    await runNewJob(page, { name, shell: `echo ${name} >> ${order}` });
    await expect(line(page, name, 'waiting')).toBeVisible();
  }
  await line(page, 'Gamma').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Run next' }).click();
  await line(page, 'Alpha').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Run last' }).click();
  writeFileSync(gate, '');
  await expect(line(page, 'Alpha', 'done')).toBeVisible();
  expect(readFileSync(order, 'utf8')).toBe('Gamma\nBeta\nAlpha\n');
});

test('a failed attempt is tried again, and each one is kept with its output', async ({
  launchApp,
  temporaryFolder,
}) => {
  const { page } = await launchApp();
  const tried = join(temporaryFolder, 'tried');
  const form = await fillNewJob(page, {
    name: 'Second time lucky',
    shell: `if [ -e ${tried} ]; then echo worked; else touch ${tried}; echo failed; exit 7; fi`,
  });
  await form.getByRole('button', { name: /^Limits and retries/ }).click();
  await form.getByRole('textbox', { name: 'Attempts' }).fill('3');
  await form.getByRole('button', { name: 'Run now' }).click();
  await expect(line(page, 'Second time lucky', 'done')).toBeVisible({ timeout: 20_000 });
  expect(existsSync(tried)).toBe(true);

  const overview = await showTab(page, 'Second time lucky', 'Overview');
  await expect(overview).toContainText('Attempt 1 started');
  await expect(overview).toContainText('exit code 7');
  await expect(overview).toContainText('Attempt 2 started');
  const output = await showTab(page, 'Second time lucky', 'Output');
  await expect(output.getByRole('log')).toContainText('worked');
  await output.getByRole('combobox', { name: 'Attempt' }).selectOption('1');
  await expect(output.getByRole('log')).toContainText('failed');
});

test('a job waits for another one, and fails with it', async ({ launchApp, temporaryFolder }) => {
  const { page } = await launchApp();
  const gate = join(temporaryFolder, 'gate');
  await runNewJob(page, { name: 'Before', shell: `until [ -e ${gate} ]; do sleep 0.05; done; exit 1` });
  await expect(line(page, 'Before', 'running')).toBeVisible();
  const form = await fillNewJob(page, { name: 'After', shell: 'echo never' });
  await form.getByRole('button', { name: /^Queue/ }).click();
  const before = form.getByRole('option', { name: /^Before, / });
  await form.getByLabel('Add a job to wait for').selectOption((await before.getAttribute('value')) ?? '');
  await form.getByRole('button', { name: 'Run now' }).click();
  await expect(line(page, 'After', 'waits for a job')).toBeVisible();
  writeFileSync(gate, '');
  await expect(line(page, 'After', 'dependency')).toBeVisible();
  const overview = await showTab(page, 'After', 'Overview');
  await expect(overview).not.toContainText('Started');
});

test('a schedule shows its next run, and ends when that is cancelled', async ({ launchApp }) => {
  const { page } = await launchApp();
  const form = await fillNewJob(page, { name: 'Every morning', shell: 'echo good morning' });
  await form.getByRole('button', { name: /^When/ }).click();
  await form.getByRole('radio', { name: 'By a schedule' }).check({ force: true });
  await form.getByRole('button', { name: 'Schedule', exact: true }).click();
  await expect(form).toBeHidden();
  await page.getByRole('button', { name: /^Scheduled/ }).click();
  await expect(line(page, 'Every morning', /^.*in \d/)).toBeVisible();
  await line(page, 'Every morning').click();
  await page.getByRole('region', { name: 'Job' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(line(page, 'Every morning')).toBeHidden();
  await page.getByRole('button', { name: /^Cancelled/ }).click();
  await expect(line(page, 'Every morning', 'cancelled')).toBeVisible();
});

test('a suspended job stands still until it goes on', async ({ launchApp, temporaryFolder }) => {
  const { page } = await launchApp();
  const gate = join(temporaryFolder, 'gate');
  await runNewJob(page, {
    name: 'Stands still',
    shell: `until [ -e ${gate} ]; do sleep 0.05; done; echo on`,
  });
  await expect(line(page, 'Stands still', 'running')).toBeVisible();
  await line(page, 'Stands still').click();
  const detail = page.getByRole('region', { name: 'Job' });
  await detail.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Suspend' }).click();
  await expect(line(page, 'Stands still', 'suspended')).toBeVisible();
  writeFileSync(gate, '');
  await expect(detail).toContainText('Suspended');
  await detail.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Continue' }).click();
  await expect(line(page, 'Stands still', 'done')).toBeVisible();
});
