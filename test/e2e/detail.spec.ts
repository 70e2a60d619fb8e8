/** What the detail shows, and what lies over it. */
import { expect, test } from './support/app.ts';
import { line, runNewJob, showTab } from './support/window.ts';

test('what a job says as it fails is what its output shows first', async ({ launchApp }) => {
  const { page } = await launchApp();
  await runNewJob(page, { name: 'Complains', shell: 'echo no such file >&2; exit 1' });
  await expect(line(page, 'Complains', 'exit 1')).toBeVisible();
  const output = await showTab(page, 'Complains', 'Output');
  await expect(output.getByRole('log')).toContainText('no such file');
});

test('a message in the corner leaves the buttons under a job in sight', async ({ launchApp }) => {
  const { page } = await launchApp();
  await runNewJob(page, { name: 'Copied', shell: 'echo copied' });
  await expect(line(page, 'Copied', 'done')).toBeVisible();
  const copy = (await showTab(page, 'Copied', 'Output')).getByRole('button', { name: 'Copy output' });
  await copy.click();
  const message = page.getByRole('alert').filter({ hasText: /Copied\.|clipboard/u });
  await expect(message).toBeVisible();
  const [under, over] = [await copy.boundingBox(), await message.boundingBox()];
  expect((over?.y ?? 0) + (over?.height ?? 0)).toBeLessThanOrEqual(under?.y ?? 0);
});
