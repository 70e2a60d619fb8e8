/** Finding jobs: terms, what is wrong with them, the order of every column, and what programs printed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, type RunningApp, test } from './support/app.ts';
import { answerOpenDialog } from './support/native.ts';
import { line, runNewJob } from './support/window.ts';

/** Names in the order of their making; each is alone in something. */
const JOBS = [
  job('Alpha', '2026-01-05', { tags: ['photos'], task: { kind: 'command', shell: 'sha256sum *.jpg' } }),
  job('Échange', '2026-02-05', {
    tags: ['to do'],
    task: { kind: 'script', interpreter: 'python3', source: '1' },
  }),
  job('Delta', '2026-03-05', { queue: 'night', task: { kind: 'http', url: 'https://example.org/x' } }),
  job('Bravo', '2026-04-05', { notes: 'Ask Anna first.', task: { kind: 'command', shell: 'true' } }),
  job('Foxtrot', '2026-05-05', null, { agent_id: 'agent-0f8fad5b-d9cb-469f-a165-70867728950e' }),
  ended(job('Charlie', '2026-06-05', { tags: ['photos'] }), 'completed', 7_200_000),
  ended(job('Golf', '2026-07-05', {}, { callback_url: 'https://example.org/' }), 'failed', 90_000),
  ended(job('Hotel', '2026-08-05', {}), 'cancelled', 1000, 'max_steps'),
];

test('terms find what they name, and one that is wrong says so and what is meant', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  const { page } = app;
  await bringIn(app, temporaryFolder);
  const search = page.getByRole('combobox', { name: 'Search jobs' });
  const found: [string, string[]][] = [
    ['tag:photos', ['Charlie', 'Alpha']],
    ['tag:"to do"', ['Échange']],
    ['echange', ['Échange']],
    ['ECH', ['Échange']],
    ['-tag:photos status:completed', []],
    ['status:failed,cancelled', ['Hotel', 'Golf']],
    ['kind:script', ['Échange']],
    ['type:run', []],
    ['queue:night', ['Delta']],
    ['agent:0f8fad5b', ['Foxtrot']],
    ['stop:max_steps', ['Hotel']],
    ['callback:due', ['Golf']],
    ['has:notes', ['Bravo']],
    ['"anna first"', ['Bravo']],
    ['created:>2026-06-30', ['Hotel', 'Golf']],
    ['created:2026-02', ['Échange']],
    ['duration:>5m', ['Charlie']],
    ['duration:1m..5m', ['Golf']],
    ['has:tags -photos', ['Échange']],
  ];
  for (const [terms, names] of found) {
    await search.fill(`${terms} `);
    await expect.poll(() => namesIn(page), terms).toEqual(names);
  }

  await search.fill('stauts:failed ');
  await expect(page.getByText('There is no stauts:. Perhaps status: is meant.')).toBeVisible();
  await page.getByRole('button', { name: /status:failed/ }).click();
  await expect(search).toHaveValue(/status:failed/);
  await expect.poll(() => namesIn(page)).toEqual(['Golf']);
});

test('every column sorts the list both ways, and what has no value comes last', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  const { page } = app;
  await page.setViewportSize({ width: 1600, height: 900 });
  await bringIn(app, temporaryFolder);
  const newestFirst = JOBS.map(({ metadata }) => metadata.jobdeck.name).toReversed();
  const ended = ['Charlie', 'Golf', 'Hotel'];
  const others = newestFirst.filter((name) => !ended.includes(name));
  const alphabetical = ['Alpha', 'Bravo', 'Charlie', 'Delta', 'Échange', 'Foxtrot', 'Golf', 'Hotel'];
  const saved = newestFirst.filter((name) => others.includes(name));
  const orders: Record<string, [string[], string[]]> = {
    Name: [alphabetical, alphabetical.toReversed()],
    Duration: [
      ['Charlie', 'Golf', 'Hotel', ...others],
      ['Hotel', 'Golf', 'Charlie', ...others],
    ],
    Ended: [
      ['Hotel', 'Golf', 'Charlie', ...others],
      ['Charlie', 'Golf', 'Hotel', ...others],
    ],
    State: [
      [...saved, 'Golf', 'Hotel', 'Charlie'],
      ['Charlie', 'Hotel', 'Golf', ...saved],
    ],
    Kind: [
      ['Bravo', 'Alpha', 'Hotel', 'Golf', 'Charlie', 'Foxtrot', 'Delta', 'Échange'],
      ['Échange', 'Delta', 'Hotel', 'Golf', 'Charlie', 'Foxtrot', 'Bravo', 'Alpha'],
    ],
    Created: [newestFirst, newestFirst.toReversed()],
  };
  for (const [column, [once, twice]] of Object.entries(orders)) {
    const header = page.getByRole('columnheader', { name: column, exact: true });
    // The list begins in the first order of its last column.
    if (column !== 'Created') await header.getByRole('button').click();
    await expect.poll(() => namesIn(page), `${column} once`).toEqual(once);
    await header.getByRole('button').click();
    await expect.poll(() => namesIn(page), `${column} twice`).toEqual(twice);
    await header.getByRole('button').click();
    await expect.poll(() => namesIn(page), `${column} three times`).toEqual(newestFirst);
  }
});

test('what a program printed is found, beyond what its record keeps of it', async ({ launchApp }) => {
  const { page } = await launchApp();
  // What it runs is searched, too: the word itself is not in it.
  await runNewJob(page, { name: 'Long', shell: "seq 1 200000; echo a n''eedle; seq 1 200000" });
  await expect(line(page, 'Long', 'done')).toBeVisible();
  await runNewJob(page, { name: 'Short', shell: 'echo hay' });
  await expect(line(page, 'Short', 'done')).toBeVisible();
  const search = page.getByRole('combobox', { name: 'Search jobs' });
  await search.fill('needle ');
  await expect(line(page, 'Long')).toHaveCount(0);
  const status = page.getByRole('status').filter({ hasText: 'output' });
  await search.fill('output:"a needle" ');
  await expect(status).toHaveText('Searched the output of 2 jobs, found in 1.');
  await expect.poll(() => namesIn(page)).toEqual(['Long']);
  await search.fill('output:absent status:completed ');
  await expect(status).toHaveText('Searched the output of 2 jobs, found in 0.');
});

async function bringIn({ page, electron }: RunningApp, folder: string): Promise<void> {
  const file = join(folder, 'jobs.json');
  writeFileSync(file, JSON.stringify(JOBS));
  await answerOpenDialog(electron, [file]);
  await page.getByRole('button', { name: 'Import' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('button', { name: 'Choose files…' }).click();
  await dialog.getByRole('button', { name: `Import ${JOBS.length} jobs` }).click();
  await expect(dialog).toBeHidden();
  await page
    .getByRole('navigation', { name: 'Jobs and queues' })
    .getByRole('button', { name: /^All/ })
    .click();
  await expect.poll(() => namesIn(page)).toHaveLength(JOBS.length);
}

/** The names in the list, from the top. */
async function namesIn(page: Page): Promise<string[]> {
  const rows = page.getByRole('grid', { name: 'Jobs' }).getByRole('row');
  const texts = await rows.evaluateAll((elements) =>
    elements
      .filter((element) => element.getAttribute('aria-rowindex') !== '1')
      .sort((one, other) => Number(one.ariaRowIndex) - Number(other.ariaRowIndex))
      .map((element) => element.querySelectorAll('[role=gridcell]')[1]?.firstElementChild?.textContent ?? ''),
  );
  return texts;
}

function job(name: string, day: string, jobdeck: object | null, fields: object = {}) {
  const letters = Buffer.from(name).toString('hex').padEnd(12, '0').slice(0, 12);
  return {
    id: `job-11111111-1111-4111-8111-${letters}`,
    created_by_id: 'user-3f0a7a52-6c1b-4b8e-9a51-0d2c8e6b7f14',
    created_at: `${day}T08:00:00Z`,
    status: 'created',
    job_type: 'job',
    ...fields,
    metadata: { jobdeck: { version: 1, name, ...jobdeck } },
  };
}

function ended(made: ReturnType<typeof job>, status: string, ms: number, stopReason: string | null = null) {
  return {
    ...made,
    status,
    stop_reason: stopReason,
    completed_at: new Date(Date.parse(made.created_at) + ms).toISOString(),
    total_duration_ns: ms * 1e6,
  };
}
