/** Nothing is lost: `kill -9` of the application, a reload and a crash of the page, each in the middle of jobs. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { expect, test } from './support/app.ts';
import { crashPage, evaluateInWindow, recordNotifications } from './support/native.ts';
import { isAlive } from './support/processes.ts';
import { startReceiver } from './support/receiver.ts';
import { exportAll, line, runNewJob, setSlots } from './support/window.ts';

test('after kill -9 in the middle of jobs each one is finished, failed or run again, once', async ({
  launchApp,
  temporaryFolder,
}) => {
  const receiver = await startReceiver();
  const app = await launchApp();
  await setSlots(app.page, 2);
  const marks = join(temporaryFolder, 'marks');
  const gate = join(temporaryFolder, 'gate');
  const waits = (mark: string) =>
    `echo ${mark} $$ >> ${marks}; until [ -e ${gate} ]; do sleep 0.05; done; echo ended ${mark}`;
  const jobs = [
    { name: 'Ended before', shell: 'echo early' },
    { name: 'Fails when killed', shell: waits('fails') },
    { name: 'Runs again', shell: waits('again'), rerunsWhenKilled: true },
    { name: 'Third in line', shell: 'echo waited' },
  ];
  const [first] = jobs;
  if (first !== undefined) await runNewJob(app.page, { ...first, callbackUrl: receiver.url });
  await expect(line(app.page, 'Ended before', 'done')).toBeVisible();
  for (const job of jobs.slice(1)) await runNewJob(app.page, { ...job, callbackUrl: receiver.url });
  // Two run, one waits. What was not accepted yet when the application is killed would still be saved alone.
  await expect(line(app.page, 'Third in line', 'waiting')).toBeVisible();
  await expect
    .poll(() => (existsSync(marks) ? readFileSync(marks, 'utf8').trim().split('\n') : []))
    .toHaveLength(2);
  const killed = readFileSync(marks, 'utf8')
    .trim()
    .split('\n')
    .map((text) => Number(text.split(' ')[1]));
  await app.killHard();

  writeFileSync(gate, '');
  const again = await launchApp({ userData: app.userData });
  await expect(line(again.page, 'Fails when killed', 'interrupted')).toBeVisible();
  await expect(line(again.page, 'Runs again', 'done')).toBeVisible();
  await expect(line(again.page, 'Third in line', 'done')).toBeVisible();
  await expect(line(again.page, 'Ended before', 'done')).toBeVisible();
  await expect.poll(() => receiver.received).toHaveLength(4);
  expect(killed.filter(isAlive)).toEqual([]);

  const text = await exportAll(again, join(temporaryFolder, 'after.json'), 'JSON array');
  const records = (JSON.parse(text) as BatchJob[]).map((job) => ({
    name: job.metadata?.jobdeck?.name,
    status: job.status,
    outcomes: job.metadata?.jobdeck?.attempts?.map((attempt) => attempt.outcome),
    error: job.metadata?.jobdeck?.error?.code,
    callback: job.callback_status_code,
  }));
  expect(records.reverse()).toEqual([
    { name: 'Ended before', status: 'completed', outcomes: ['completed'], error: undefined, callback: 200 },
    {
      name: 'Fails when killed',
      status: 'failed',
      outcomes: ['failed'],
      error: 'interrupted',
      callback: 200,
    },
    {
      name: 'Runs again',
      status: 'completed',
      outcomes: ['failed', 'completed'],
      error: undefined,
      callback: 200,
    },
    { name: 'Third in line', status: 'completed', outcomes: ['completed'], error: undefined, callback: 200 },
  ]);
  await receiver.close();
});

test('a reload in the middle of jobs loses no event and doubles none', async ({
  launchApp,
  temporaryFolder,
}) => {
  const { page, electron } = await launchApp();
  const gate = join(temporaryFolder, 'gate');
  await runNewJob(page, {
    name: 'Outlives a reload',
    shell: `echo one; until [ -e ${gate} ]; do sleep 0.05; done`,
  });
  await expect(line(page, 'Outlives a reload', 'running')).toBeVisible();
  await page.reload();
  await expect(line(page, 'Outlives a reload', 'running')).toBeVisible();
  appendFileSync(gate, '');
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await expect(line(page, 'Outlives a reload', 'done')).toBeVisible();
  await expect(line(page, 'Outlives a reload')).toHaveCount(1);
  await expect(page.getByRole('navigation').getByRole('button', { name: 'All 1' })).toBeVisible();
});

test('a crash of the page brings it back, with what happened meanwhile', async ({
  launchApp,
  temporaryFolder,
  noPageErrors,
}) => {
  noPageErrors.allow(/crash/i);
  const { page, electron } = await launchApp();
  await recordNotifications(electron);
  const gate = join(temporaryFolder, 'gate');
  await runNewJob(page, { name: 'Outlives a crash', shell: `until [ -e ${gate} ]; do sleep 0.05; done` });
  await expect(line(page, 'Outlives a crash', 'running')).toBeVisible();
  await crashPage(electron);
  writeFileSync(gate, '');
  await expect
    .poll(
      () =>
        evaluateInWindow<string>(electron, "document.querySelector('[role=grid]')?.textContent ?? ''").catch(
          () => 'the page is not back yet',
        ),
      { timeout: 20_000 },
    )
    .toMatch(/Outlives a crash.*done/);
});
