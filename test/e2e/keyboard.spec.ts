/** By keyboard alone: the focus is never nowhere, and Escape goes back. */
import type { ElectronApplication } from 'playwright/test';
import { expect, test } from './support/app.ts';
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

function resize(electron: ElectronApplication, width: number, height: number): Promise<void> {
  return electron.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setSize(size.width, size.height),
    { width, height },
  );
}
