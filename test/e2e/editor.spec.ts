/** The text editor: what is typed is what is kept. */
import type { Locator, Page } from 'playwright/test';
import { expect, test } from './support/app.ts';
import { line, replaceText, saveAndEdit, showTab } from './support/window.ts';

test('what is typed faster than the window draws is kept, and what is reverted can be had back', async ({
  launchApp,
}) => {
  const { page } = await launchApp();
  const { panel, editor } = await saveAndEdit(page, { name: 'Edited', shell: 'echo before' });

  await editor.press('ControlOrMeta+End');
  const typed = '0123456789'.repeat(20);
  await typeAtOnce(page, typed);
  await expect(lastLine(editor)).toHaveText(`}${typed}`);
  await expect(panel.getByRole('status')).toContainText('This is not whole JSON yet');

  await panel.getByRole('button', { name: 'Revert' }).click();
  await expect(lastLine(editor)).toHaveText('}');
  await expect(panel.getByRole('status')).toContainText('Saved, not run yet');
  await editor.press('ControlOrMeta+z');
  await expect(lastLine(editor)).toHaveText(`}${typed}`);
  await expect(panel.getByRole('button', { name: 'Save' })).toBeVisible();
});

test('changes that are not saved outlast a reload, and the job does not run without them', async ({
  launchApp,
}) => {
  const { page } = await launchApp();
  await saveAndEdit(page, { name: 'Other', shell: 'echo before' });
  const { panel, editor, text } = await saveAndEdit(page, { name: 'Edited', shell: 'echo before' });
  await replaceText(editor, text.replace('echo before', 'echo after'));
  await expect(panel.getByRole('status')).toHaveText('Changed, not saved yet.');

  await line(page, 'Other').click();
  await expect(editor).toContainText('echo before');
  await page.reload();
  await showTab(page, 'Edited', 'Overview');
  await page.getByRole('region', { name: 'Job' }).getByRole('button', { name: 'Run', exact: true }).click();
  const toast = page.getByRole('alert').filter({ hasText: 'its JSON has changes that are not saved' });
  await expect(toast).toContainText('“Edited” was not started');
  await toast.getByRole('button', { name: 'Show the JSON' }).click();
  await expect(editor).toContainText('echo after');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByRole('status')).toHaveText('Saved, not run yet: can be changed here.');
  await expect(editor).toContainText('echo after');
  await page.getByRole('region', { name: 'Job' }).getByRole('button', { name: 'Run', exact: true }).click();
  await expect(line(page, 'Edited', 'done')).toBeVisible();
  await expect((await showTab(page, 'Edited', 'Output')).getByRole('log')).toContainText('after');
});

test('what is typed while it is being saved stays, and is not said to be saved', async ({ launchApp }) => {
  const { page } = await launchApp();
  const { panel, editor, text } = await saveAndEdit(page, { name: 'Edited', shell: 'echo before' });
  await replaceText(editor, text.replace('echo before', 'echo saved'));
  await panel.getByRole('button', { name: 'Save' }).evaluate((button: HTMLElement) => {
    button.click();
    document.execCommand('insertText', false, ' ');
  });
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(panel.getByRole('status')).toHaveText('Changed, not saved yet.');
  expect(await lastLine(editor).textContent()).toBe('} ');
  await panel.getByRole('button', { name: 'Revert' }).click();
  await expect(editor).toContainText('echo saved');
  await expect(panel.getByRole('status')).toHaveText('Saved, not run yet: can be changed here.');
});

const lastLine = (editor: Locator) => editor.locator('.cm-line').last();

/** Types one character in each task of the page, which leaves no time to draw between two. */
function typeAtOnce(page: Page, text: string): Promise<void> {
  return page.evaluate(
    (characters) =>
      new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        let at = 0;
        port1.onmessage = () => {
          document.execCommand('insertText', false, characters[at]);
          at += 1;
          if (at === characters.length) resolve();
          else port2.postMessage(null);
        };
        port2.postMessage(null);
      }),
    text,
  );
}
