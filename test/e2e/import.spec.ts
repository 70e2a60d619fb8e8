/** Importing: everything is shown before it is written, a wrong line costs only itself, nothing runs unapproved. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright/test';
import { expect, test } from './support/app.ts';
import { answerSaveDialog } from './support/native.ts';
import { runToItsEnd } from './support/running-app.ts';
import { REPOSITORY } from './support/runtime.ts';
import { exportAll, line, openImport, runNewJob, shellDocument, showTab } from './support/window.ts';

const ID = {
  good: 'job-11111111-1111-4111-8111-111111111111',
  wrong: 'job-22222222-2222-4222-8222-222222222222',
  nearly: 'job-33333333-3333-4333-8333-333333333333',
};

test('a file with good, nearly good and bad documents is shown with reasons, and the rest comes in', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  const { page } = app;
  const file = join(temporaryFolder, 'mixed.ndjson');
  const lines = [
    JSON.stringify(shellDocument(ID.good, 'Good one', 'echo good')),
    JSON.stringify({ ...shellDocument(ID.wrong, 'Wrong one', 'echo wrong'), status: 'runing' }),
    '{"id": "job-44444444", "status": ',
    JSON.stringify({ ...shellDocument(ID.nearly, 'Nearly', 'echo nearly'), user_id: 'user-1' }),
  ];
  writeFileSync(file, lines.join('\n'));
  const dialog = await openImport(app, [file]);
  const documents = dialog.getByRole('treegrid', { name: 'Documents' });
  await expect(documents).toContainText('mixed.ndjson:2');
  await expect(documents).toContainText('/status');
  await expect(documents).toContainText('Did you mean "running"?');
  await expect(documents).toContainText('mixed.ndjson:3');
  await expect(documents).toContainText('Moved "user_id"');
  await expect(dialog.getByRole('radio', { name: 'Invalid 2' })).toBeAttached();
  // What strict mode refuses is in the report, too, and can be had where it is refused.
  await dialog.getByRole('radio', { name: 'Repaired 1' }).check({ force: true });
  await dialog.getByRole('checkbox', { name: 'Strict: refuse all repairs' }).check();
  await expect(
    dialog.getByRole('button', { name: 'Save a report of the 3 documents left out…' }),
  ).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'Strict: refuse all repairs' }).uncheck();
  await dialog.getByRole('button', { name: 'Import 2 jobs' }).click();
  await expect(dialog).toBeHidden();

  // And it can still be had after the import: beside the words, and in the list of imports while these are there.
  const report = join(temporaryFolder, 'left-out.ndjson');
  await answerSaveDialog(app.electron, report);
  const said = page.getByRole('alert').filter({ hasText: 'Left out: 2 not valid.' });
  await said.getByRole('button', { name: 'Save report…' }).click();
  await expect(page.getByText('A report of 2 documents was saved.')).toBeVisible();
  const reported = readFileSync(report, 'utf8').trimEnd().split('\n');
  expect(reported.map((each) => JSON.parse(each).line)).toEqual([2, 3]);
  const again = join(temporaryFolder, 'again.ndjson');
  await answerSaveDialog(app.electron, again);
  await page.getByRole('button', { name: 'Import' }).first().click();
  await page
    .getByRole('button', { name: 'Save a report of what the import of mixed.ndjson left out' })
    .click();
  await expect.poll(() => existsSync(again)).toBe(true);
  expect(readFileSync(again, 'utf8')).toBe(readFileSync(report, 'utf8'));
  await page.getByRole('dialog', { name: 'Import' }).getByRole('button', { name: 'Close' }).last().click();

  await expect(line(page, 'Good one', 'needs approval')).toBeVisible();
  await expect(line(page, 'Nearly', 'needs approval')).toBeVisible();
  await expect(line(page, 'Wrong one')).toHaveCount(0);

  const exported = JSON.parse(await exportAll(app, join(temporaryFolder, 'out.json'), 'JSON array'));
  expect(exported).toHaveLength(2);
  expect(exported.find(({ id }: { id: string }) => id === ID.good)).toMatchObject(
    shellDocument(ID.good, 'Good one', 'echo good'),
  );
  expect(exported.find(({ id }: { id: string }) => id === ID.nearly).metadata.jobdeck.imported).toEqual({
    user_id: 'user-1',
  });
});

test('an imported job runs only after its owner has seen what would run and approved it', async ({
  launchApp,
  temporaryFolder,
}) => {
  const { page } = await launchApp();
  const trace = join(temporaryFolder, 'trace');
  await expect(page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible();
  await drop(page, 'jobs.json', JSON.stringify([shellDocument(ID.good, 'Dropped', `touch ${trace}`)]));
  await page.getByRole('dialog', { name: 'Import' }).getByRole('button', { name: 'Import 1 job' }).click();
  await line(page, 'Dropped', 'needs approval').click();

  const detail = page.getByRole('region', { name: 'Job' });
  await detail.getByRole('button', { name: 'Review and run' }).click();
  const approval = page.getByRole('dialog', { name: 'Run “Dropped”?' });
  await expect(approval).toContainText(`touch ${trace}`);
  await expect(approval).toContainText('http://127.0.0.1:9/nobody');
  await approval.getByRole('button', { name: 'Cancel' }).click();
  await expect(line(page, 'Dropped', 'needs approval')).toBeVisible();

  // Another job that runs to its end shows that the runner had every chance to run the imported one.
  await runNewJob(page, { name: 'Bystander', shell: 'true' });
  await expect(line(page, 'Bystander', 'done')).toBeVisible();
  expect(existsSync(trace)).toBe(false);

  await line(page, 'Dropped').click();
  await detail.getByRole('button', { name: 'Review and run' }).click();
  await approval.getByRole('button', { name: 'Approve and run' }).click();
  await expect(line(page, 'Dropped', 'done')).toBeVisible();
  expect(existsSync(trace)).toBe(true);
});

test('an export comes back in as the same jobs, as an array and as NDJSON', async ({
  launchApp,
  temporaryFolder,
}) => {
  const first = await launchApp();
  await runNewJob(first.page, { name: 'Travels', shell: 'echo abc; exit 4' });
  await expect(line(first.page, 'Travels', 'exit 4')).toBeVisible();
  const array = join(temporaryFolder, 'travels.json');
  const ndjson = join(temporaryFolder, 'travels.ndjson');
  await exportAll(first, array, 'JSON array');
  await exportAll(first, ndjson, 'NDJSON');
  await first.close();

  for (const file of [array, ndjson]) {
    const other = await launchApp();
    const dialog = await openImport(other, [file]);
    await dialog.getByRole('button', { name: 'Import 1 job' }).click();
    await expect(line(other.page, 'Travels', 'exit 4')).toBeVisible();
    // What it printed lies where it ran: here is what its record keeps of that.
    const output = await showTab(other.page, 'Travels', 'Output');
    await expect(output.getByRole('region', { name: 'Output of attempt 1' })).toHaveText(/^abc\s*$/u);
    await expect(output).toContainText('From its record: it ran elsewhere');
    const back = await exportAll(other, join(temporaryFolder, 'back.json'), 'JSON array');
    expect(back).toBe(readFileSync(array, 'utf8'));
    await other.close();
  }
});

test('a file that holds no document says so and brings nothing in', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  const { page } = app;
  const file = join(temporaryFolder, 'notes.txt');
  writeFileSync(file, 'not JSON at all\n');
  const dialog = await openImport(app, [file]);
  await expect(dialog).toContainText('notes.txt');
  await expect(dialog.getByRole('button', { name: 'Nothing to import' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible();
});

test('a conflict is shown field by field, theirs can be taken, and undoing gives mine back to the byte', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  const { page } = app;
  await runNewJob(page, { name: 'Mine', shell: 'echo mine' });
  await expect(line(page, 'Mine', 'done')).toBeVisible();
  const before = await exportAll(app, join(temporaryFolder, 'before.json'), 'JSON array');
  const [job] = JSON.parse(before);
  job.metadata.jobdeck.name = 'Theirs';
  const file = join(temporaryFolder, 'theirs.json');
  writeFileSync(file, JSON.stringify(job));

  const dialog = await openImport(app, [file]);
  await expect(dialog.getByRole('button', { name: 'Nothing to import' })).toBeDisabled();
  await dialog.getByRole('treegrid', { name: 'Documents' }).focus();
  await page.keyboard.press('Enter');
  const fields = dialog.getByRole('table', { name: 'Where the two differ' });
  await expect(fields.getByRole('row').nth(1)).toContainText('/metadata/jobdeck/name"Mine""Theirs"');
  await expect(fields.getByRole('row')).toHaveCount(2);
  await page.keyboard.press('t');
  await dialog.getByRole('button', { name: 'Import 1 job' }).click();
  await expect(line(page, 'Theirs', 'done')).toBeVisible();
  await expect(line(page, 'Mine')).toHaveCount(0);

  await page.getByRole('button', { name: 'Import' }).first().click();
  await page.getByRole('button', { name: 'Undo the import of theirs.json' }).click();
  await page.keyboard.press('Escape');
  await expect(line(page, 'Mine', 'done')).toBeVisible();
  await expect(line(page, 'Theirs')).toHaveCount(0);
  expect(await exportAll(app, join(temporaryFolder, 'after.json'), 'JSON array')).toBe(before);
});

test('decisions that were made one by one are not lost to a click beside them, a key or a menu', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  const { page } = app;
  await runNewJob(page, { name: 'Mine', shell: 'echo mine' });
  await expect(line(page, 'Mine', 'done')).toBeVisible();
  const [job] = JSON.parse(await exportAll(app, join(temporaryFolder, 'before.json'), 'JSON array'));
  job.metadata.jobdeck.name = 'Theirs';
  const file = join(temporaryFolder, 'theirs.json');
  writeFileSync(file, JSON.stringify(job));
  const dialog = await openImport(app, [file]);
  const documents = dialog.getByRole('treegrid', { name: 'Documents' });
  await expect(documents.getByRole('row', { name: 'Theirs' })).toBeVisible();
  await documents.focus();
  await page.keyboard.press('t');
  await expect(dialog.getByRole('status')).toHaveText('Take theirs: Theirs. Import 1 job.');

  await page.mouse.click(5, 300);
  await drop(page, 'other.json', JSON.stringify(shellDocument(ID.good, 'Other', 'true')));
  await expect(page.getByText('Documents of an import are being decided on one by one.')).toBeVisible();
  await expect(dialog).toContainText('theirs.json');
  const stay = dialog.getByRole('button', { name: 'Stay' });
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('alert')).toHaveText(
    '1 document is decided one by one. Leaving forgets that.',
  );
  await expect(stay).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(stay).toBeHidden();
  await expect(documents).toBeFocused();
  await expect(dialog.getByRole('button', { name: 'Import 1 job' })).toBeEnabled();
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Leave' }).click();
  await expect(dialog).toBeHidden();
  await expect(line(page, 'Mine', 'done')).toBeVisible();
});

test('a folder is read with all that is in it, gzip too, and JSON that is pasted', async ({
  launchApp,
  temporaryFolder,
}) => {
  const app = await launchApp();
  const { page } = app;
  const folder = join(temporaryFolder, 'jobs');
  mkdirSync(join(folder, 'deep'), { recursive: true });
  writeFileSync(join(folder, 'a.json'), JSON.stringify(shellDocument(ID.good, 'Plain', 'true')));
  const packed = gzipSync(JSON.stringify(shellDocument(ID.nearly, 'Packed', 'true')));
  writeFileSync(join(folder, 'deep', 'b.ndjson.gz'), packed);
  const dialog = await openImport(app, [folder], 'Choose a folder…');
  await expect(dialog).toContainText('2 files');
  await dialog.getByRole('button', { name: 'Import 2 jobs' }).click();
  await expect(line(page, 'Plain', 'needs approval')).toBeVisible();
  await expect(line(page, 'Packed', 'needs approval')).toBeVisible();
  // Where a dialog has yet to go, nothing opens another.
  await expect(dialog).toBeHidden();

  await paste(page, JSON.stringify(shellDocument(ID.wrong, 'Pasted', 'true')));
  const pasted = page.getByRole('dialog', { name: 'Import' });
  await expect(pasted).toContainText('Pasted text');
  await pasted.getByRole('button', { name: 'Import 1 job' }).click();
  await expect(line(page, 'Pasted', 'needs approval')).toBeVisible();
});

test('a window that goes away in the middle of an import leaves nothing of it, and says so', async ({
  launchApp,
  temporaryFolder,
}) => {
  test.slow();
  const app = await launchApp();
  const { page } = app;
  const file = join(temporaryFolder, 'many.ndjson');
  const count = 6_000;
  const lines = Array.from({ length: count }, (_, index) => {
    const id = `job-${index.toString(16).padStart(8, '0')}-5555-4555-8555-555555555555`;
    return JSON.stringify(shellDocument(id, `Number ${index}`, 'true'));
  });
  writeFileSync(file, lines.join('\n'));
  const dialog = await openImport(app, [file]);
  await dialog.getByRole('button', { name: 'Import 6,000 jobs' }).click();
  // In the first half, so that there is much to come when the window goes away.
  await expect(dialog).toContainText(/\b(?:500|[12],\d{3}) of 6,000 imported/u);
  await page.reload();
  await expect(
    page.getByText('The import of many.ndjson was interrupted, so nothing of it is kept.'),
  ).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('heading', { name: 'No jobs yet' })).toBeVisible();
});

test('a file that the application is started with is shown, also where it runs already', async ({
  launchApp,
  temporaryFolder,
}) => {
  const first = join(temporaryFolder, 'first.json');
  const second = join(temporaryFolder, 'second.ndjson');
  writeFileSync(first, JSON.stringify(shellDocument(ID.good, 'First', 'true')));
  writeFileSync(second, JSON.stringify(shellDocument(ID.nearly, 'Second', 'true')));
  const { page, userData } = await launchApp({ args: [first] });
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await expect(dialog.getByRole('treegrid', { name: 'Documents' })).toContainText('First');
  await dialog.getByRole('button', { name: 'Import 1 job' }).click();
  await expect(line(page, 'First', 'needs approval')).toBeVisible();

  // As a double click on a file does: a second start hands it over and ends.
  expect(await runToItsEnd(userData, [REPOSITORY, second])).toBe(0);
  await expect(dialog.getByRole('treegrid', { name: 'Documents' })).toContainText('Second');
  await dialog.getByRole('button', { name: 'Import 1 job' }).click();
  await expect(line(page, 'Second', 'needs approval')).toBeVisible();
});

/** Drops a file on the window that is on no disk, as one that comes from a web page. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    ([fileName, content]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content ?? ''], fileName ?? '', { type: 'application/json' }));
      for (const type of ['dragenter', 'dragover', 'drop']) {
        document.body.dispatchEvent(
          new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }),
        );
      }
    },
    [name, text],
  );
}

/** Pastes text into the window, and not into a field. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', content);
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}
