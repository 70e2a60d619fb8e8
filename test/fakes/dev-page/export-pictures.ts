/** The pictures to take of exporting, by name. */
import type { Page } from 'playwright';
import type { Picture } from './pictures.ts';

const small: [number, number] = [900, 600];

async function openWithSelection(page: Page): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Failed/ })
    .click();
  await page.getByRole('grid', { name: 'Jobs' }).focus();
  for (const key of ['ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key);
  await page.keyboard.press('e');
  await page.getByRole('dialog', { name: 'Export' }).waitFor();
}

async function noView(page: Page): Promise<void> {
  await page.getByLabel('Search jobs').first().fill('output:error ');
  await page.getByRole('button', { name: 'Export' }).first().click();
  await page.getByRole('dialog', { name: 'Export' }).waitFor();
}

async function withOutput(page: Page): Promise<void> {
  await openWithSelection(page);
  await page.getByRole('radio', { name: 'NDJSON' }).check();
  await page.getByRole('radio', { name: /^A zip file/ }).check();
  await page.getByRole('checkbox', { name: 'Callback URLs' }).check();
}

async function sheet(page: Page): Promise<void> {
  await page.getByLabel('Search jobs').first().fill('tag:photos ');
  await page.getByRole('button', { name: 'Export' }).first().click();
  await page.getByRole('radio', { name: 'CSV' }).check();
  await page.getByRole('checkbox', { name: 'Values of metadata' }).check();
}

async function running(page: Page): Promise<void> {
  await hold(page);
  await withOutput(page);
  await page.getByRole('radio', { name: /^All jobs/ }).check();
  await page.getByRole('button', { name: 'Choose file…' }).click();
}

async function hold(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { fakeJobdeck } = window as never as { fakeJobdeck: { exports: { holdsBack: boolean } } };
    fakeJobdeck.exports.holdsBack = true;
  });
}

async function done(page: Page): Promise<void> {
  await openWithSelection(page);
  await page.keyboard.press('Control+Enter');
  await page.getByText(/jobs exported/).waitFor();
}

async function results(page: Page): Promise<void> {
  await page.getByRole('row').filter({ hasText: 'batch' }).first().click();
  await page.getByRole('tab', { name: 'Items' }).click();
  await page.getByRole('button', { name: 'Export results…' }).click();
  await page.getByRole('radio', { name: 'CSV' }).check();
}

export const EXPORT_PICTURES: Record<string, Picture> = {
  'export-selection': { steps: openWithSelection },
  'export-selection-dark-small': { scheme: 'dark', size: small, steps: openWithSelection },
  'export-no-view': { steps: noView },
  'export-no-view-dark-small': { scheme: 'dark', size: small, steps: noView },
  'export-output-small': { size: small, steps: withOutput },
  'export-sheet-dark': { scheme: 'dark', steps: sheet },
  'export-running': { steps: running },
  'export-running-dark-small': { scheme: 'dark', size: small, steps: running },
  'export-stopped': {
    steps: async (page) => {
      await running(page);
      await page.keyboard.press('Escape');
    },
  },
  'export-done': { steps: done },
  'export-done-dark-small': { scheme: 'dark', size: small, steps: done },
  'export-results': { scene: 'runner', steps: results },
  'export-results-dark-small': { scene: 'runner', scheme: 'dark', size: small, steps: results },
};
