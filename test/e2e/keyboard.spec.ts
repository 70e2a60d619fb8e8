/** By keyboard alone: the focus is never nowhere, and Escape goes back. */
import { expect, test } from './support/app.ts';
import { line } from './support/window.ts';

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
