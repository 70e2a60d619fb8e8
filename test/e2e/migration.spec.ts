/** Histories that earlier versions wrote: the application brings them to its own, and makes a backup first. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, test } from './support/app.ts';
import { frozen, plant } from './support/old-history.ts';
import { dataDirectory, line } from './support/window.ts';

for (const version of [1, 2, 3]) {
  test(`a history of version ${version} is all there, with a backup of how it was`, async ({ launchApp }) => {
    const app = await launchApp();
    const { page } = app;
    await expect(page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible();
    const old = frozen(version);
    await plant(page, old);
    await page.reload();

    const jobs = old.rows[version < 3 ? 'jobs' : 'history'] ?? [];
    const listed = jobs.filter((row) => row.listed === 1);
    expect(listed.length).toBeGreaterThan(2);
    await expectListed(page, listed);
    const folder = join(await dataDirectory(app), 'backups');
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([expect.stringContaining('-migration-')]);

    await page.getByRole('combobox', { name: 'Search jobs' }).fill('tag:photos');
    await expectListed(
      page,
      listed.filter(({ tags }) => tags?.includes('photos')),
    );
    await page.getByRole('combobox', { name: 'Search jobs' }).fill('');
    await page.reload();
    await expectListed(page, listed);
    expect(readdirSync(folder)).toHaveLength(1);
  });
}

/** These jobs, and no others. Several may be called the same. */
async function expectListed(page: Page, rows: readonly { name?: string }[]): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Jobs' });
  await expect(grid).toHaveAttribute('aria-rowcount', String(rows.length + 1));
  for (const { name = '' } of rows) {
    await expect(line(page, name)).toHaveCount(rows.filter((row) => row.name === name).length);
  }
}
