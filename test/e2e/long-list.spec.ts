/** A list that is longer than the window. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright/test';
import { expect, test } from './support/app.ts';
import { answerOpenDialog } from './support/native.ts';

test('a list that was empty fills the window, and goes on as one scrolls', async ({
  launchApp,
  temporaryFolder,
}) => {
  const { page, electron } = await launchApp();
  const file = join(temporaryFolder, 'many.ndjson');
  writeFileSync(
    file,
    Array.from({ length: 300 }, (_, number) => JSON.stringify(document(number))).join('\n'),
  );
  await expect(page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible();
  await answerOpenDialog(electron, [file]);
  await page.getByRole('button', { name: 'Import' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('button', { name: 'Choose files…' }).click();
  await dialog.getByRole('button', { name: 'Import 300 jobs' }).click();
  await expect(dialog).toBeHidden();

  const rows = page.getByRole('grid', { name: 'Jobs' }).getByRole('row');
  await expect(rows.filter({ hasText: 'Number 299' })).toBeVisible();
  await expect.poll(() => emptyPx(rows)).toBeLessThan(40);

  await rows.nth(3).hover();
  await expect(async () => {
    await page.mouse.wheel(0, 5000);
    await expect(rows.filter({ hasText: 'Number 0' }).first()).toBeVisible({ timeout: 500 });
  }).toPass();
});

/** What is left free below the last row of the list. */
async function emptyPx(rows: Locator): Promise<number> {
  return rows.last().evaluate((row) => {
    const list = row.closest('[role=rowgroup]');
    return list === null
      ? Number.NaN
      : list.getBoundingClientRect().bottom - row.getBoundingClientRect().bottom;
  });
}

function document(number: number) {
  return {
    id: `job-${String(number).padStart(8, '0')}-1111-4111-8111-111111111111`,
    job_type: 'job',
    status: 'created',
    created_at: new Date(Date.parse('2026-11-23T09:00:00Z') + number * 1000).toISOString(),
    callback_url: null,
    metadata: {
      jobdeck: { version: 1, name: `Number ${number}.`, task: { kind: 'command', program: 'true' } },
    },
  };
}
