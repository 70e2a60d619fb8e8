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
