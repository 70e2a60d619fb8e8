/** What a person does with backups, in the settings. */
import type { Locator, Page } from 'playwright/test';
import { expect } from './app.ts';

export async function openHistorySettings(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('tab', { name: 'History' }).click();
  return dialog;
}

export async function openRestore(page: Page): Promise<Locator> {
  await (await openHistorySettings(page)).getByRole('button', { name: 'Restore…' }).click();
  return page.getByRole('dialog', { name: 'Restore a backup' });
}

export async function backUp(page: Page, jobs: string): Promise<void> {
  const dialog = await openHistorySettings(page);
  await dialog.getByRole('button', { name: 'Back up now' }).click();
  await expect(dialog.getByRole('region', { name: 'Backups' })).toContainText(
    `Can be read, checked now: ${jobs}`,
  );
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
}
