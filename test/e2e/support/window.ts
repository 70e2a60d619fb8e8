/** What a person does in the window, by the names they see. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright/test';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { expect } from './app.ts';
import { answerOpenDialog, answerSaveDialog } from './native.ts';
import type { RunningApp } from './running-app.ts';

export interface ShellJob {
  name: string;
  shell: string;
  callbackUrl?: string;
  /** What a crash in the middle means. */
  rerunsWhenKilled?: boolean;
}

/** Fills in the form for a new job and presses Run now. */
export async function runNewJob(page: Page, job: ShellJob): Promise<void> {
  const dialog = await fillNewJob(page, job);
  await dialog.getByRole('button', { name: 'Run now' }).click();
  await expect(dialog).toBeHidden();
}

/** Fills in the form for a new job and leaves it open. */
export async function fillNewJob(page: Page, job: ShellJob): Promise<Locator> {
  await page.getByRole('button', { name: 'New job' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New job' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(job.name);
  await dialog.getByRole('textbox', { name: 'Shell line' }).fill(job.shell);
  if (job.callbackUrl) {
    await dialog.getByRole('button', { name: /^Tags, notes and callback/ }).click();
    await dialog.getByRole('textbox', { name: 'Callback URL' }).fill(job.callbackUrl);
  }
  if (job.rerunsWhenKilled) {
    await dialog.getByRole('button', { name: /^Limits and retries/ }).click();
    await dialog.getByLabel('If Jobdeck is killed while it runs').selectOption('Run it again');
  }
  return dialog;
}

/** Saves a job without running it, and shows its document where that is edited. */
export async function saveAndEdit(
  page: Page,
  job: ShellJob,
): Promise<{ panel: Locator; editor: Locator; text: string }> {
  const dialog = await fillNewJob(page, job);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  const panel = await showTab(page, job.name, 'JSON');
  const editor = panel.getByRole('textbox', { name: 'JSON document' });
  await expect(editor).toContainText(job.shell);
  const text = (await editor.locator('.cm-line').allTextContents()).join('\n');
  return { panel, editor, text };
}

/**
 * Puts a text in the place of all that an editor holds, by its own keys: a selection that is made in the page, as
 * `fill` makes it, is taken back where the editor is just being given the focus.
 */
export async function replaceText(editor: Locator, text: string): Promise<void> {
  await editor.press('ControlOrMeta+a');
  await editor.page().keyboard.insertText(text);
}

/** Sets how many jobs run at a time, whatever the machine has. */
export async function setSlots(page: Page, slots: number): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('tab', { name: 'Running' }).click();
  await dialog.getByLabel('Jobs at a time').fill(String(slots));
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status', { name: 'Runner' })).toContainText(`${slots} slot`);
}

/** The job's line in the list, once it says `state`. */
export function line(page: Page, name: string, state?: string | RegExp): Locator {
  const lines = page
    .getByRole('grid', { name: 'Jobs' })
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell', { name, exact: false }) });
  return state === undefined ? lines : lines.filter({ hasText: state });
}

/** Selects a job and shows one of its tabs. */
export async function showTab(
  page: Page,
  name: string,
  tab: 'Overview' | 'Output' | 'Items' | 'JSON',
): Promise<Locator> {
  await line(page, name).first().click();
  await page.getByRole('region', { name: 'Job' }).getByRole('tab', { name: tab }).click();
  return page.getByRole('tabpanel', { name: tab });
}

/** Exports every job in the view through the dialogs, and reads the file back. */
export async function exportAll(
  { page, electron }: RunningApp,
  path: string,
  format: 'JSON array' | 'NDJSON',
): Promise<string> {
  await answerSaveDialog(electron, path);
  await page.getByRole('main').getByRole('button', { name: 'Export' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: /^All/ }).check({ force: true });
  await dialog.getByRole('radio', { name: new RegExp(`^${format}`) }).check({ force: true });
  await dialog.getByRole('button', { name: 'Choose file…' }).click();
  await expect(dialog).toBeHidden();
  return readFileSync(path, 'utf8');
}

/** Every record of the history, newest first, as an export has them. */
export async function history(app: RunningApp, folder: string): Promise<BatchJob[]> {
  return JSON.parse(await exportAll(app, `${folder}/history-${Date.now()}.json`, 'JSON array')) as BatchJob[];
}

/** Where the application keeps what is durable. */
export function dataDirectory({ page }: RunningApp): Promise<string> {
  return page.evaluate(async () => {
    const { jobdeck } = window as unknown as {
      jobdeck: { appInfo(): Promise<{ value: { dataDirectory: string } }> };
    };
    return (await jobdeck.appInfo()).value.dataDirectory;
  });
}

/** Opens the dialog for importing and chooses these. */
export async function openImport(
  { page, electron }: RunningApp,
  paths: string[],
  how: 'Choose files…' | 'Choose a folder…' = 'Choose files…',
): Promise<Locator> {
  await answerOpenDialog(electron, paths);
  await page.getByRole('button', { name: 'Import' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('button', { name: how }).click();
  return dialog;
}

/** A saved job, as a document. */
export function shellDocument(id: string, name: string, shell: string) {
  return {
    id,
    job_type: 'job',
    status: 'created',
    created_at: '2026-11-23T09:00:00Z',
    callback_url: 'http://127.0.0.1:9/nobody',
    metadata: { jobdeck: { version: 1, name, task: { kind: 'command', shell } } },
  };
}
