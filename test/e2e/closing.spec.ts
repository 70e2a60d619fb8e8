/** Closing the window while jobs run: asked once, and what is answered happens. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright/test';
import { expect, test } from './support/app.ts';
import { answerMessageBox, shownMessageBoxes } from './support/native.ts';
import { isAlive } from './support/processes.ts';
import { line, runNewJob } from './support/window.ts';

test('closing the window while a job runs asks, and Cancel leaves everything as it is', async ({
  launchApp,
}) => {
  const { page, electron } = await launchApp();
  await answerMessageBox(electron, 'Cancel');
  await runNewJob(page, { name: 'Still runs', shell: 'sleep 600' });
  await expect(line(page, 'Still runs', 'running')).toBeVisible();
  await closeWindow(electron);
  await expect
    .poll(() => shownMessageBoxes(electron))
    .toMatchObject([{ message: '1 job is still running or waiting' }]);
  await expect(line(page, 'Still runs', 'running')).toBeVisible();
});

test('a job that is kept running without a window ends, and then the application does', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  const gate = join(temporaryFolder, 'gate');
  await answerMessageBox(app.electron, 'Keep running in the background');
  await runNewJob(app.page, {
    name: 'Goes on',
    shell: `until [ -e ${gate} ]; do sleep 0.05; done; echo finished`,
  });
  await expect(line(app.page, 'Goes on', 'running')).toBeVisible();
  const main = app.electron.process();
  const closed = app.page.waitForEvent('close');
  await closeWindow(app.electron);
  await closed;
  expect(main.pid !== undefined && isAlive(main.pid)).toBe(true);

  writeFileSync(gate, '');
  await expect.poll(() => main.exitCode).toBe(0);
  const again = await launchApp({ userData: app.userData });
  await expect(line(again.page, 'Goes on', 'done')).toBeVisible();
});

function closeWindow(electron: ElectronApplication): Promise<void> {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}
