/** Callbacks as a person sees them: tried again, sent elsewhere, stopped, found, and taken by the receiver. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator, Page } from 'playwright/test';
import { expect, test } from './support/app.ts';
import { line, runNewJob } from './support/window.ts';

interface Hook {
  url: string;
  /** The `webhook-id` of each request, oldest first. */
  ids: string[];
  close(): Promise<void>;
}

/** A real receiver: it answers each request with the next status, and with the last one from then on. */
async function startHook(...statuses: number[]): Promise<Hook> {
  const ids: string[] = [];
  const server = createServer((request, response) => {
    const status = statuses[Math.min(ids.length, statuses.length - 1)] ?? 200;
    ids.push(String(request.headers['webhook-id']));
    request.resume().on('end', () => response.writeHead(status).end(JSON.stringify({ status })));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    ids,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function setSchedule(page: Page, schedule: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('tab', { name: 'Callbacks' }).click();
  await dialog.getByRole('textbox', { name: 'Attempts' }).fill(schedule);
  await expect(dialog.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();
}

async function openCallbackTab(page: Page, name: string): Promise<Locator> {
  await line(page, name).first().click();
  await page.getByRole('region', { name: 'Job' }).getByRole('tab', { name: 'Callback' }).click();
  return page.getByRole('tabpanel', { name: 'Callback' });
}

const callbackRows = (page: Page) =>
  page
    .getByRole('grid', { name: 'Callbacks' })
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') });

test('a callback that failed is tried again, and every attempt shows; it is sent elsewhere as one of its own', async ({
  launchApp,
}) => {
  const hook = await startHook(500, 200);
  const other = await startHook(204);
  const { page } = await launchApp();
  await setSchedule(page, '0s, 100ms');
  await runNewJob(page, { name: 'Tells', shell: 'echo told', callbackUrl: hook.url });
  await expect(line(page, 'Tells', 'done')).toBeVisible();

  const tab = await openCallbackTab(page, 'Tells');
  await expect(tab.getByRole('button', { name: /Delivered at attempt 2/ })).toBeVisible();
  const attempts = tab.getByRole('region', { name: 'Attempts' }).getByRole('listitem');
  await expect(attempts).toHaveCount(2);
  await expect(attempts.first()).toContainText('Delivered, 200');
  await expect(attempts.last()).toContainText('Answered 500');
  await expect(attempts.last()).toContainText('Not signed, sent to 127.0.0.1');
  await attempts.last().getByText('What it answered').click();
  await expect(attempts.last()).toContainText('"status": 500');
  await tab.getByText('What is sent').click();
  await expect(tab).toContainText('"type": "job.completed"');
  await expect(
    page
      .getByRole('region', { name: 'Job' })
      .getByRole('button', { name: 'Callback: delivered at attempt 2' }),
  ).toBeVisible();
  expect(hook.ids).toHaveLength(2);
  expect(new Set(hook.ids).size).toBe(1);

  await tab.getByRole('button', { name: 'More to do with this callback' }).click();
  await page.getByRole('menuitem', { name: 'Send to another URL…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send to another URL' });
  const field = dialog.getByRole('textbox', { name: 'URL' });
  await expect(field).toHaveValue(hook.url);
  await field.fill('ftp://127.0.0.1/');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog).toContainText('not by ftp');
  await field.fill(other.url);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect.poll(() => other.ids).toHaveLength(1);
  expect(other.ids[0]).not.toBe(hook.ids[0]);
  const cards = tab.getByRole('list', { name: 'Callbacks of this job' }).getByRole('button', {
    name: /^Job completed/,
  });
  await expect(cards).toHaveCount(2);
  await expect(cards.first()).toContainText(other.url);
  await expect(cards.first()).toHaveAttribute('aria-expanded', 'true');
  await Promise.all([hook.close(), other.close()]);
});

test('a callback that waits is stopped and sent again, and the page finds each by state, host and words', async ({
  launchApp,
}) => {
  const busy = await startHook(500);
  const fine = await startHook(200);
  const { page } = await launchApp();
  await setSchedule(page, '0s, 1h');
  await runNewJob(page, { name: 'Waits long', shell: 'true', callbackUrl: busy.url });
  await runNewJob(page, { name: 'Goes well', shell: 'true', callbackUrl: fine.url });
  const tab = await openCallbackTab(page, 'Waits long');
  await expect(tab.getByRole('button', { name: /Next try in/ })).toBeVisible();
  await tab.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(tab.getByRole('button', { name: /Job completed\s*Stopped/ })).toBeVisible();
  await expect(tab).toContainText('It was stopped by hand.');

  await page.keyboard.press('k');
  const rows = callbackRows(page);
  await expect(rows).toHaveCount(2);
  await page.getByRole('radio', { name: /^Stopped/ }).check({ force: true });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Waits long');
  await page.getByRole('radio', { name: 'All' }).check({ force: true });
  await page.getByLabel('Host').selectOption(new URL(fine.url).host);
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Goes well');
  await page.getByLabel('Host').selectOption('');
  await page.getByLabel('Period').selectOption('Last hour');
  await expect(rows).toHaveCount(2);
  await page.keyboard.press('/');
  await page.keyboard.type('waits');
  await expect(rows).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(rows).toHaveCount(2);

  const [before] = busy.ids;
  await rows.filter({ hasText: 'Waits long' }).click();
  const again = page.getByRole('tabpanel', { name: 'Callback' });
  await again.getByRole('button', { name: 'Send again' }).click();
  await expect.poll(() => busy.ids).toEqual([before, before]);
  await expect(rows.filter({ hasText: 'Waits long' })).toContainText('Next try in');
  await Promise.all([busy.close(), fine.close()]);
});

test('all that were given up are sent again at once, after a question with their number', async ({
  launchApp,
}) => {
  const hook = await startHook(500, 500, 500, 200);
  const { page } = await launchApp();
  await setSchedule(page, '0s');
  for (const name of ['One', 'Two', 'Three']) {
    await runNewJob(page, { name, shell: 'true', callbackUrl: hook.url });
  }
  await expect(page.getByRole('button', { name: 'Callbacks 3' })).toBeVisible();
  await page.getByRole('button', { name: 'Callbacks 3' }).click();
  await expect(callbackRows(page).filter({ hasText: 'Given up' })).toHaveCount(3);
  await page.getByRole('button', { name: 'Send all given up again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send all given up again' });
  await expect(dialog).toContainText('3 callbacks were given up');
  await dialog.getByRole('button', { name: 'Send 3 callbacks' }).click();
  await expect(dialog).toContainText('3 callbacks on the way again.');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(callbackRows(page).filter({ hasText: 'Delivered' })).toHaveCount(3);
  await expect(page.getByRole('button', { name: 'Send all given up again' })).toBeHidden();
  expect(new Set(hook.ids).size).toBe(3);
  await hook.close();
});

test('the receiver takes a callback and verifies its signature, which it no longer does with another secret', async ({
  launchApp,
}) => {
  const { page } = await launchApp();
  await expect(page.getByRole('button', { name: 'New job' }).first()).toBeVisible();
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Receiver' });
  await dialog.getByRole('button', { name: 'Generate' }).click();
  await dialog.getByRole('button', { name: 'Start' }).click();
  const address = dialog.getByRole('region', { name: 'Address of the receiver' });
  await expect(address).toContainText('http://127.0.0.1:');
  const url = (await address.locator('code').textContent()) ?? '';
  await address.getByRole('button', { name: 'Sign what goes here' }).click();
  await address.getByRole('button', { name: 'Use for a new job' }).click();

  const form = page.getByRole('dialog', { name: 'New job' });
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Signed');
  await form.getByRole('textbox', { name: 'Shell line' }).fill('true');
  await expect(form.getByRole('textbox', { name: 'JSON of the new job' })).toContainText(url);
  await form.getByRole('button', { name: 'Run now' }).click();
  await expect(line(page, 'Signed', 'done')).toBeVisible();

  await page.keyboard.press('l');
  const arrived = dialog.getByRole('listbox', { name: 'What arrived' }).getByRole('option');
  await expect(arrived).toHaveCount(1);
  await expect(arrived).toContainText('Signature verified, answered 200');
  await expect(dialog.getByRole('region', { name: 'Request 1' })).toContainText('"type": "job.completed"');

  await dialog.getByRole('button', { name: 'Generate' }).click();
  await dialog.getByRole('radio', { name: '500' }).check({ force: true });
  await dialog.getByRole('button', { name: 'Done' }).click();
  const tab = await openCallbackTab(page, 'Signed');
  await tab.getByRole('button', { name: 'Send again' }).click();
  await expect(tab.getByRole('button', { name: /Next try in/ })).toBeVisible();
  await page.keyboard.press('l');
  await expect(arrived.first()).toContainText('Signature wrong, repeat, answered 500');
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect(address).toBeHidden();
  await expect(dialog.getByRole('button', { name: 'Start' })).toBeFocused();
});

test('a key is made in the settings, its secret is shown once, and it signs until it is removed', async ({
  launchApp,
}) => {
  const hook = await startHook(200);
  const { page } = await launchApp();
  const { host } = new URL(hook.url);
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('tab', { name: 'Callbacks' }).click();
  await dialog.getByRole('textbox', { name: 'URL or host' }).fill(host);
  await dialog.getByRole('button', { name: 'Add key' }).click();
  const shown = dialog.getByRole('region', { name: `Secret of ${host}` });
  await expect(shown).toContainText(/whsec_[A-Za-z0-9+/=]{40,}/);
  await shown.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).not.toContainText('whsec_');
  await dialog.getByRole('button', { name: 'Done' }).click();

  await runNewJob(page, { name: 'With a key', shell: 'true', callbackUrl: hook.url });
  const tab = await openCallbackTab(page, 'With a key');
  await expect(tab).toContainText('Signed, sent to 127.0.0.1');

  await page.getByRole('button', { name: 'Settings' }).click();
  await dialog.getByRole('tab', { name: 'Callbacks' }).click();
  await dialog.getByRole('button', { name: `Rotate the secret of ${host}` }).click();
  await dialog.getByRole('button', { name: 'Make a new secret' }).click();
  await expect(shown).toBeVisible();
  await expect(dialog).toContainText('Both secrets sign for');
  await dialog.getByRole('button', { name: `Remove the key of ${host}` }).click();
  await dialog.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(dialog.getByRole('button', { name: `Remove the key of ${host}` })).toBeHidden();
  await dialog.getByRole('button', { name: 'Done' }).last().click();
  await tab.getByRole('button', { name: 'Send again' }).click();
  await expect(tab).toContainText('Not signed, sent to 127.0.0.1');
  await hook.close();
});
