/** The main job, as a person does it: write, run, watch, be told, find it again, export. */
import { join } from 'node:path';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { checkDocument } from '../../src-main/adapters/validators/index.ts';
import { expect, test } from './support/app.ts';
import { clickNotification, recordNotifications, shownNotifications } from './support/native.ts';
import { startReceiver } from './support/receiver.ts';
import { exportAll, line, replaceText, runNewJob, saveAndEdit, showTab } from './support/window.ts';

test('a first start says what Jobdeck does, and runs an example in one click', async ({ launchApp }) => {
  const { page } = await launchApp();
  await expect(page).toHaveTitle('Jobdeck');
  await expect(page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Run an example' }).click();
  await expect(line(page, 'Count to five', 'done')).toBeVisible({ timeout: 20_000 });
});

test('a job runs, its output is followed, and its end is notified, posted, kept and exported', async ({
  launchApp,
  temporaryFolder,
}) => {
  const receiver = await startReceiver(202);
  const app = await launchApp();
  const { page, electron } = app;
  await recordNotifications(electron);

  const gate = join(temporaryFolder, 'gate');
  await runNewJob(page, {
    name: 'Follow me',
    shell: `printf '\\033[31mfirst line\\033[0m\\n'; until [ -e '${gate}' ]; do sleep 0.05; done; echo last line; echo warned >&2`,
    callbackUrl: receiver.url,
  });

  await expect(line(page, 'Follow me', 'running')).toBeVisible();
  const output = await showTab(page, 'Follow me', 'Output');
  await expect(output.getByRole('log')).toContainText('first line');
  await expect(output.getByRole('log')).not.toContainText('last line');
  const red = output.getByText('first line', { exact: true });
  expect(await red.evaluate((element) => getComputedStyle(element).color)).not.toBe(
    await output.getByRole('log').evaluate((element) => getComputedStyle(element).color),
  );

  await electron.evaluate(
    ({ app: _app }, path) => process.getBuiltinModule('fs').writeFileSync(path, ''),
    gate,
  );
  await expect(output.getByRole('log')).toContainText('last line');
  await expect(line(page, 'Follow me', 'done')).toBeVisible();
  await output.getByRole('radio', { name: /^Errors/ }).check({ force: true });
  await expect(output.getByRole('log')).toContainText('warned');

  await expect.poll(() => shownNotifications(electron)).toHaveLength(1);
  expect((await shownNotifications(electron))[0]).toMatchObject({
    title: 'Follow me',
    body: expect.stringContaining('Completed'),
  });
  await expect.poll(() => receiver.received).toHaveLength(1);
  await receiver.close();

  const before = await showTab(page, 'Follow me', 'Overview');
  await expect(before).toContainText('202');
  const exported = JSON.parse(
    await exportAll(app, join(temporaryFolder, 'jobs.json'), 'JSON array'),
  ) as BatchJob[];
  expect(exported).toHaveLength(1);
  const [job] = exported as [BatchJob];
  expect(checkDocument(job)).toEqual([]);
  expect(job).toMatchObject({
    status: 'completed',
    stop_reason: 'end_turn',
    background: false,
    callback_url: receiver.url,
    callback_status_code: 202,
    callback_error: null,
  });
  expect(job.ttft_ns).toBeGreaterThan(0);
  expect(job.total_duration_ns).toBeGreaterThanOrEqual(job.ttft_ns ?? 0);
  expect(job.metadata?.jobdeck?.result).toMatchObject({ exit_code: 0, stderr: 'warned\n', truncated: false });
  expect(receiver.received[0]).toEqual({
    type: 'job.completed',
    timestamp: job.completed_at,
    job_id: job.id,
    status: 'completed',
    completed_at: job.completed_at,
    metadata: job.metadata,
  });

  await app.close();
  const again = await launchApp({ userData: app.userData });
  await expect(line(again.page, 'Follow me', 'done')).toBeVisible();
  const kept = await exportAll(again, join(temporaryFolder, 'jobs.ndjson'), 'NDJSON');
  expect(
    kept
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text)),
  ).toEqual(exported);
  await expect((await showTab(again.page, 'Follow me', 'Output')).getByRole('log')).toContainText(
    'last line',
  );
});

test('a failed job says why, runs again as a new job, and a click on its notification shows it', async ({
  launchApp,
}) => {
  const { page, electron } = await launchApp();
  await recordNotifications(electron);
  await runNewJob(page, { name: 'Fails', shell: 'echo no >&2; exit 3' });
  await expect(line(page, 'Fails', 'exit 3')).toBeVisible();
  await runNewJob(page, { name: 'Works', shell: 'true' });
  await expect(line(page, 'Works', 'done')).toBeVisible();

  await expect.poll(() => shownNotifications(electron).then((shown) => shown.length)).toBeGreaterThan(0);
  await line(page, 'Works').click();
  await clickNotification(electron, 'Fails');
  const detail = page.getByRole('region', { name: 'Job' });
  await expect(detail.getByRole('heading', { name: 'Fails', level: 1 })).toBeVisible();
  await detail.getByRole('tab', { name: 'Overview' }).click();
  await expect(detail).toContainText('The program ended with exit code 3.');

  await detail.getByRole('button', { name: 'Run again' }).click();
  await expect(line(page, 'Fails', 'exit 3')).toHaveCount(2);
});

test('a saved job waits until it is run, and a deletion can be undone', async ({ launchApp }) => {
  const { page } = await launchApp();
  await page.getByRole('button', { name: 'New job' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New job' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Saved one');
  await dialog.getByRole('textbox', { name: 'Shell line' }).fill('echo saved');
  await expect(dialog.getByRole('textbox', { name: 'JSON of the new job' })).toContainText('echo saved');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(line(page, 'Saved one', 'saved')).toBeVisible();

  await line(page, 'Saved one').click();
  await page.getByRole('region', { name: 'Job' }).getByRole('button', { name: 'Run', exact: true }).click();
  await expect(line(page, 'Saved one', 'done')).toBeVisible();

  await line(page, 'Saved one').click();
  await page.keyboard.press('Delete');
  await expect(line(page, 'Saved one')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(line(page, 'Saved one', 'done')).toBeVisible();

  // From its own menu, too; the keys of the list work on at once.
  await runNewJob(page, { name: 'Another', shell: 'true' });
  await line(page, 'Another', 'done').click();
  await page.getByRole('region', { name: 'Job' }).getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(line(page, 'Another')).toHaveCount(0);
  await expect(page.getByRole('grid', { name: 'Jobs' })).toBeFocused();
});

test('a saved job is edited as JSON: a mistake is named and not kept, a right one is', async ({
  launchApp,
}) => {
  const { page } = await launchApp();
  const { panel, editor, text } = await saveAndEdit(page, { name: 'Edited', shell: 'echo before' });

  await replaceText(editor, text.replace('"created"', '"creatd"'));
  await expect(panel.getByRole('status')).toContainText('Did you mean "created"?');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByRole('status')).toContainText('Did you mean "created"?');
  await panel.getByRole('button', { name: 'Revert' }).click();
  await expect(editor).toContainText('"status": "created"');

  await replaceText(editor, text.replace('echo before', 'echo after'));
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByRole('status')).toHaveText('Saved, not run yet: can be changed here.');
  await page.getByRole('region', { name: 'Job' }).getByRole('button', { name: 'Run', exact: true }).click();
  await expect(line(page, 'Edited', 'done')).toBeVisible();
  await expect((await showTab(page, 'Edited', 'Output')).getByRole('log')).toContainText('after');
});
