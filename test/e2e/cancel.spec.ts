/** Cancelling from the window: the whole process tree is gone. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './support/app.ts';
import { isAlive } from './support/processes.ts';
import { line, runNewJob, setSlots } from './support/window.ts';

test('a cancelled job leaves no process behind, not even one that ignores TERM', async ({
  launchApp,
  temporaryFolder,
}) => {
  const { page } = await launchApp();
  const pids = join(temporaryFolder, 'pids');
  await runNewJob(page, {
    name: 'Stubborn tree',
    shell: `sh -c 'trap "" TERM; echo $$ >> ${pids}; while :; do sleep 1; done' & sleep 600 & echo $! >> ${pids}; echo $$ >> ${pids}; wait`,
  });
  await expect.poll(() => readPids(pids)).toHaveLength(3);
  const started = readPids(pids);

  // The grace between TERM and KILL is five seconds where a job does not say.
  await line(page, 'Stubborn tree', 'running').click();
  await page.getByRole('region', { name: 'Job' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(line(page, 'Stubborn tree', 'cancelled')).toBeVisible({ timeout: 20_000 });
  expect(started.filter(isAlive)).toEqual([]);
});

test('a job that waits for a slot is cancelled without having run', async ({
  launchApp,
  temporaryFolder,
}) => {
  const { page } = await launchApp();
  await setSlots(page, 1);
  const trace = join(temporaryFolder, 'trace');
  await runNewJob(page, { name: 'First', shell: 'sleep 600' });
  await expect(line(page, 'First', 'running')).toBeVisible();
  await runNewJob(page, { name: 'Second', shell: `touch ${trace}` });
  await line(page, 'Second', 'waiting').click();
  await page.getByRole('region', { name: 'Job' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(line(page, 'Second', 'cancelled')).toBeVisible();
  await line(page, 'First').click();
  await page.getByRole('region', { name: 'Job' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(line(page, 'First', 'cancelled')).toBeVisible();
  expect(existsSync(trace)).toBe(false);
});

function readPids(file: string): number[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number);
}
