/** By keyboard alone: the focus is never nowhere, and Escape goes back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright/test';
import { expect, test } from './support/app.ts';
import { answerOpenDialog } from './support/native.ts';
import { line, runNewJob } from './support/window.ts';

test('a new job that is refused leads to the field to mend, and the focus stays in the dialog', async ({
  launchApp,
}) => {
  const { page } = await launchApp();
  await expect(page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'New job' });
  const field = dialog.getByRole('textbox', { name: 'Shell line' });
  await dialog.getByRole('button', { name: 'Run now' }).press('Enter');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toBeFocused();
  await page.keyboard.type('echo mended');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(line(page, 'echo mended', 'done')).toBeVisible();
});

test('in a narrow window Enter opens the job over the list, Escape goes back, and / searches from there', async ({
  launchApp,
}) => {
  const { page, electron } = await launchApp();
  await runNewJob(page, { name: 'Small', shell: 'echo small' });
  await expect(line(page, 'Small', 'done')).toBeVisible();
  await resize(electron, 900, 600);
  const back = page.getByRole('button', { name: 'Back to the list' });
  await expect(back).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Jobs' });

  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(back).toBeVisible();
  await expect(page.getByRole('region', { name: 'Job', exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(back).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Search jobs' })).toBeFocused();
});

test('from the search and from a context menu Escape goes back to the list', async ({ launchApp }) => {
  const { page } = await launchApp();
  await runNewJob(page, { name: 'Listed', shell: 'true' });
  await expect(line(page, 'Listed', 'done')).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Jobs' });
  await page.keyboard.press('/');
  await page.keyboard.type('listed');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();

  await line(page, 'Listed').click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Run again' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menuitem', { name: 'Run again' })).toBeHidden();
  await expect(grid).toBeFocused();
});

test('keys and the bar act on what the list still has, and on nothing that a search or an end took out of it', async ({
  launchApp,
}) => {
  const { page } = await launchApp();
  const grid = page.getByRole('grid', { name: 'Jobs' });
  for (const name of ['Apple', 'Banana', 'Cherry']) {
    await runNewJob(page, { name, shell: 'true' });
    await expect(line(page, name, 'done')).toBeVisible();
  }
  await line(page, 'Apple').click();
  await line(page, 'Banana').click({ modifiers: ['ControlOrMeta'] });
  await expect(page.getByRole('status', { name: 'Selection' })).toHaveText('2 jobs selected');

  await page.keyboard.press('/');
  await page.keyboard.type('cherry');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status', { name: 'Matches' })).toHaveText('1 job matches');
  await expect(page.getByRole('toolbar')).toBeHidden();
  await expect(grid).toBeFocused();
  await page.keyboard.press('Delete');
  await page.keyboard.press('a');
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();
  for (const name of ['Apple', 'Banana', 'Cherry']) await expect(line(page, name)).toHaveCount(1);

  await runNewJob(page, { name: 'Sleeper', shell: 'sleep 600' });
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Active/ })
    .click();
  await line(page, 'Sleeper', 'running').click();
  await page.keyboard.press('c');
  await expect(line(page, 'Sleeper')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Job', exact: true })).toContainText('Sleeper');
  await page.keyboard.press('Delete');
  await page.getByRole('navigation').getByRole('button', { name: /^All/ }).click();
  await expect(line(page, 'Sleeper', 'cancelled')).toBeVisible();
});

test('jobs that are apart are selected with Ctrl, arrows and Space, and the menu key opens their menu', async ({
  launchApp,
}) => {
  const { page } = await launchApp();
  for (const name of ['Apple', 'Banana', 'Cherry']) {
    await runNewJob(page, { name, shell: 'true' });
    await expect(line(page, name, 'done')).toBeVisible();
  }
  const grid = page.getByRole('grid', { name: 'Jobs' });
  await line(page, 'Cherry').click();
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+ArrowUp');
  await expect(line(page, 'Cherry')).toHaveAttribute('aria-selected', 'true');
  await expect(line(page, 'Banana')).toHaveAttribute('aria-selected', 'false');
  await expect(line(page, 'Apple')).toHaveAttribute('aria-selected', 'true');
  const active = await line(page, 'Banana').getAttribute('id');
  await expect(grid).toHaveAttribute('aria-activedescendant', active ?? '');

  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Copy ids' })).toBeVisible();
  // As for one who is faster than the menu takes the focus: the key closes it, and leaves what is selected.
  await grid.focus();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menuitem', { name: 'Copy ids' })).toBeHidden();
  await expect(grid).toBeFocused();

  await page.getByRole('button', { name: 'Clear selection' }).press('Enter');
  await expect(grid).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ContextMenu');
  await expect(page.getByRole('menuitem', { name: 'Copy id', exact: true })).toBeVisible();
});

test('all that match are selected, beyond what is loaded, and deleted and brought back together', async ({
  launchApp,
  temporaryFolder,
}) => {
  const file = join(temporaryFolder, 'many.ndjson');
  writeFileSync(file, Array.from({ length: 350 }, (_, index) => JSON.stringify(savedJob(index))).join('\n'));
  const { page, electron } = await launchApp();
  await expect(page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible();
  await answerOpenDialog(electron, [file]);
  await page.keyboard.press('i');
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('button', { name: 'Choose files' }).click();
  await dialog.getByRole('button', { name: 'Import 350 jobs' }).click();
  await expect(dialog).toBeHidden();

  await expect(line(page, 'Record 349')).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Jobs' });
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Control+a');
  const status = page.getByRole('status', { name: 'Selection' });
  await expect(status).toHaveText('100 loaded jobs selected');
  await page.getByRole('button', { name: 'Select all that match' }).press('Enter');
  await expect(status).toHaveText('350 jobs selected');
  await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).press('Enter');
  await expect(page.getByText('350 jobs deleted.')).toBeVisible();
  await expect(line(page, 'Record')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(line(page, 'Record 349')).toBeVisible();
});

function savedJob(index: number) {
  return {
    id: `job-00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    job_type: 'job',
    status: 'created',
    created_at: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
    metadata: {
      jobdeck: { version: 1, name: `Record ${index}`, task: { kind: 'command', shell: 'true' } },
    },
  };
}

function resize(electron: ElectronApplication, width: number, height: number): Promise<void> {
  return electron.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setSize(size.width, size.height),
    { width, height },
  );
}
