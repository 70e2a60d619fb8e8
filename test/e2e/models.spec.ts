/** A model call with a saved profile and a secret: streamed, measured, and the key is in nothing that is kept. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { startModelServer } from '../fakes/model-server.ts';
import { expect, test } from './support/app.ts';
import { fillNewJob, history, line, showTab } from './support/window.ts';

const KEY = 'sk-test-0123456789abcdef';

test('a model is called with a saved profile, and its key stays where it is kept', async ({
  launchApp,
  temporaryFolder,
}) => {
  const server = await startModelServer({ flavour: 'ollama' });
  const app = await launchApp();
  const { page } = app;
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('tab', { name: 'Secrets' }).click();
  await settings.getByRole('textbox', { name: 'Name' }).fill('MODEL_KEY');
  await settings.getByLabel('Value').fill(KEY);
  await settings.getByRole('button', { name: 'Add secret' }).click();
  await expect(settings.getByText('MODEL_KEY', { exact: true })).toBeVisible();
  await settings.getByRole('tab', { name: 'Models' }).click();
  await settings.getByRole('button', { name: 'Add a model' }).click();
  await settings.getByRole('textbox', { name: 'Name' }).fill('Here');
  await settings.getByRole('textbox', { name: 'Address' }).fill(server.baseUrl);
  await settings.getByRole('textbox', { name: 'Model' }).fill('tiny');
  await settings.getByRole('combobox', { name: 'Key' }).selectOption('MODEL_KEY');
  await settings.getByRole('button', { name: 'Save' }).click();
  await expect(settings.getByRole('button', { name: /^Here/ })).toBeVisible();
  await settings.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'New job' }).first().click();
  const form = page.getByRole('dialog', { name: 'New job' });
  await form.getByRole('radio', { name: 'Model call' }).check({ force: true });
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Ask');
  await form.getByRole('combobox', { name: 'Profile' }).selectOption('Here');
  await form.getByRole('textbox', { name: 'User message' }).fill('What is the time?');
  await form.getByRole('button', { name: 'Run now' }).click();
  await expect(form).toBeHidden();
  await expect(line(page, 'Ask', 'done')).toBeVisible();

  const output = await showTab(page, 'Ask', 'Output');
  await expect(output.getByRole('log')).toContainText('time');
  expect(server.calls).toHaveLength(1);
  expect(server.calls[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(server.calls[0]?.body).toMatchObject({ model: 'tiny', stream: true });

  const [job] = await history(app, temporaryFolder);
  expect(job).toMatchObject({
    job_type: 'run',
    status: 'completed',
    stop_reason: 'end_turn',
  } satisfies Partial<BatchJob>);
  expect(job?.ttft_ns).toBeGreaterThan(0);
  expect(job?.metadata?.jobdeck?.result?.usage).toBeDefined();
  await app.close();
  server.close();
  for (const path of filesUnder(app.userData)) {
    expect(readFileSync(path).includes(KEY), `The key is in ${path}.`).toBe(false);
  }
});

test('a secret in the environment is taken out of what a program prints', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  const { page } = app;
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('tab', { name: 'Secrets' }).click();
  await settings.getByRole('textbox', { name: 'Name' }).fill('TOKEN');
  await settings.getByLabel('Value').fill(KEY);
  await settings.getByRole('button', { name: 'Add secret' }).click();
  await expect(settings.getByText('TOKEN', { exact: true })).toBeVisible();
  await settings.getByRole('button', { name: 'Done' }).click();

  const form = await fillNewJob(page, { name: 'Careless', shell: 'echo "the token is $TOKEN"' });
  await form.getByRole('button', { name: /^Environment and input/ }).click();
  await form.getByRole('button', { name: 'Add variable' }).click();
  await form.getByRole('textbox', { name: 'Name of variable 1' }).fill('TOKEN');
  await form.getByRole('textbox', { name: 'Value of variable 1' }).fill('{{secret.TOKEN}}');
  await form.getByRole('button', { name: 'Run now' }).click();
  await expect(line(page, 'Careless', 'done')).toBeVisible();
  const output = await showTab(page, 'Careless', 'Output');
  await expect(output.getByRole('log')).toContainText('the token is [secret]');
  expect(JSON.stringify(await history(app, temporaryFolder))).not.toContain(KEY);
});

/** Every file below a folder but Chromium's own caches, which hold what was shown and typed in its page. */
function filesUnder(folder: string): string[] {
  return readdirSync(join(folder, 'workspace'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
