/** What is told, and where: items and ends as the settings say, and imported jobs only where their owner let them. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Page } from 'playwright/test';
import { expect, test } from './support/app.ts';
import { fillNewJob, line, runNewJob } from './support/window.ts';

interface Told {
  type: string;
  job_id: string;
  items?: { index: number; status: string }[];
}

/** A receiver that takes everything. */
async function startReceiver(): Promise<{ url: string; told: Told[]; close(): Promise<void> }> {
  const told: Told[] = [];
  const server = createServer(async (request, response) => {
    told.push(JSON.parse(await text(request)) as Told);
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`,
    told,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function openCallbackSettings(page: Page) {
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('tab', { name: 'Callbacks' }).click();
  return dialog;
}

test('the items of a batch are told before its end where that was switched on', async ({ launchApp }) => {
  const receiver = await startReceiver();
  const { page } = await launchApp();
  const settings = await openCallbackSettings(page);
  const on = settings.getByRole('group', { name: 'Items of batches' }).getByRole('radio', { name: 'On' });
  await on.click({ force: true });
  await expect(on).toBeChecked();
  await expect(settings.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await settings.getByRole('button', { name: 'Done' }).click();

  const dialog = await fillNewJob(page, {
    name: 'Each',
    shell: '[ {{item}} != b ]',
    callbackUrl: receiver.url,
  });
  await dialog.getByRole('radio', { name: 'For many items' }).check({ force: true });
  await dialog.getByRole('radio', { name: 'Lines' }).check({ force: true });
  await dialog.getByRole('textbox', { name: 'Items, one a line' }).fill('a\nb\nc');
  await dialog.getByRole('button', { name: 'Run now' }).click();

  await expect.poll(() => receiver.told.at(-1)?.type).toBe('job.failed');
  const before = receiver.told.slice(0, -1);
  expect(new Set(before.map(({ type }) => type))).toEqual(new Set(['batch.items']));
  const items = before.flatMap((message) => message.items ?? []);
  expect(items.map(({ index, status }) => `${index} ${status}`).sort()).toEqual([
    '0 completed',
    '1 failed',
    '2 completed',
  ]);
  await receiver.close();
});

test('an end that was switched off is not told', async ({ launchApp }) => {
  const receiver = await startReceiver();
  const { page } = await launchApp();
  const settings = await openCallbackSettings(page);
  const completed = settings.getByRole('checkbox', { name: 'Completed' });
  await completed.click();
  await expect(completed).not.toBeChecked();
  await expect(settings.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await settings.getByRole('button', { name: 'Done' }).click();
  await runNewJob(page, { name: 'Quiet', shell: 'true', callbackUrl: receiver.url });
  await expect(line(page, 'Quiet', 'done')).toBeVisible();
  await runNewJob(page, { name: 'Loud', shell: 'exit 3', callbackUrl: receiver.url });
  await expect.poll(() => receiver.told.map(({ type }) => type)).toEqual(['job.failed']);
  await receiver.close();
});

test('an imported job is told on this machine once its owner was shown that it would be', async ({
  launchApp,
}) => {
  const receiver = await startReceiver();
  const { page } = await launchApp();
  await expect(page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible();
  const id = 'job-11111111-1111-4111-8111-111111111111';
  const metadata = { jobdeck: { version: 1, name: 'Brought', task: { kind: 'command', shell: 'true' } } };
  const document = { id, job_type: 'job', status: 'created', callback_url: receiver.url, metadata };
  await page.evaluate((json) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', json);
    window.document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, JSON.stringify(document));
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('button', { name: 'Import 1 job' }).click();
  await line(page, 'Brought', 'needs approval').click();
  await page.getByRole('region', { name: 'Job' }).getByRole('button', { name: 'Review and run' }).click();
  const approval = page.getByRole('dialog', { name: 'Run “Brought”?' });
  await expect(approval).toContainText(receiver.url);
  await expect(approval).toContainText('to a program on this computer');
  expect(receiver.told).toEqual([]);
  await approval.getByRole('button', { name: /run/i }).click();
  await expect
    .poll(() => receiver.told.map(({ type, job_id }) => `${type} ${job_id}`))
    .toEqual([`job.completed ${id}`]);
  await receiver.close();
});
