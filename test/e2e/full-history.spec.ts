/** A history that may keep no more: it says what to do, what runs is not lost, and it goes on once there is room. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, test } from './support/app.ts';
import { line, openImport, runNewJob, shellDocument } from './support/window.ts';

const ID = 'job-11111111-1111-4111-8111-111111111111';

test('a full disk is told with what to do; what ends meanwhile is there once there is room', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  const { page } = app;
  const gate = join(temporaryFolder, 'gate');
  await runNewJob(page, { name: 'Ends meanwhile', shell: `until [ -e ${gate} ]; do sleep 0.05; done` });
  await expect(line(page, 'Ends meanwhile', 'running')).toBeVisible();

  await setRoom(page, false);
  writeFileSync(gate, '');
  const runner = page.getByRole('status', { name: 'Runner' });
  await expect(runner).toContainText('The history could not be written because the disk is full. Jobs go on');
  const file = join(temporaryFolder, 'more.json');
  writeFileSync(file, JSON.stringify(shellDocument(ID, 'One more', 'true')));
  const dialog = await openImport(app, [file]);
  await dialog.getByRole('button', { name: 'Import 1 job' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Nothing was imported. The disk is full');
  await expect(line(page, 'Ends meanwhile', 'running')).toHaveCount(1);

  await setRoom(page, true);
  await dialog.getByRole('button', { name: 'Import 1 job' }).click();
  // It leads to what came in, which is in another list.
  await expect(page.getByRole('heading', { name: 'One more' })).toBeVisible();
  await page.getByRole('navigation').getByRole('button', { name: /^All/ }).click();
  await expect(line(page, 'One more', 'needs approval')).toBeVisible();
  await expect(line(page, 'Ends meanwhile', 'done')).toBeVisible();
  await expect(runner).not.toContainText('full');
});

/** Has the database of the page refuse what is to be written, as it does where the disk is full, or take it again. */
function setRoom(page: Page, hasRoom: boolean): Promise<void> {
  return page.evaluate((isRoom) => {
    const { prototype } = IDBObjectStore;
    const kept = globalThis as typeof globalThis & { writes?: Pick<IDBObjectStore, 'put' | 'add'> };
    kept.writes ??= { put: prototype.put, add: prototype.add };
    const refuse = (): never => {
      throw new DOMException('There is no room.', 'QuotaExceededError');
    };
    Object.assign(prototype, isRoom ? kept.writes : { put: refuse, add: refuse });
  }, hasRoom);
}
