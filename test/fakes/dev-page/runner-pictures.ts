/** Pictures of what the complete runner brought: batches and their items, queues, what waits, and its settings. */
import type { Page } from 'playwright';
import type { Picture } from './pictures.ts';

const small: [number, number] = [900, 600];
const dark = { scheme: 'dark', scene: 'runner' } as const;
const light = { scheme: 'light', scene: 'runner' } as const;

const openBatch = (page: Page) =>
  page.getByRole('row').filter({ hasText: 'Checksum photos' }).first().click();
async function openItems(page: Page): Promise<void> {
  await openBatch(page);
  await page.getByRole('tab', { name: 'Items' }).click();
}
async function openFailedItem(page: Page): Promise<void> {
  await openItems(page);
  await page.getByLabel('Which items').selectOption('failed');
  await page.getByRole('listbox', { name: 'Items' }).getByRole('option').nth(1).click();
}
const settings = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name }).click();
};

export const RUNNER_PICTURES: Record<string, Picture> = {
  'runner-list': { ...light },
  'runner-list-small-dark': { ...dark, size: small },
  'runner-overview': { ...light, steps: openBatch },
  'runner-items': { ...light, steps: openItems },
  'runner-items-dark': { ...dark, steps: openItems },
  'runner-items-small': { ...light, size: small, steps: openItems },
  'runner-item': { ...light, steps: openFailedItem },
  'runner-item-dark-small': { ...dark, size: small, steps: openFailedItem },
  'runner-scheduled': {
    ...light,
    steps: async (page) => {
      await page.getByRole('button', { name: /^Scheduled/ }).click();
      await page.getByRole('row').filter({ hasText: 'Nightly' }).click();
    },
  },
  'runner-queue': {
    ...light,
    steps: (page) => page.getByRole('button', { name: 'uploads paused', exact: true }).click(),
  },
  'runner-queue-new-dark': {
    ...dark,
    steps: (page) => page.getByRole('button', { name: 'New queue' }).click(),
  },
  'runner-settings-running': { ...light, steps: settings('Running') },
  'runner-settings-models-dark': { ...dark, steps: settings('Models') },
  'runner-settings-model-small': {
    ...light,
    size: small,
    steps: async (page) => {
      await settings('Models')(page);
      await page
        .getByRole('button', { name: /^OpenAI/ })
        .first()
        .click();
    },
  },
  'runner-settings-secrets': { ...light, steps: settings('Secrets') },
  'runner-settings-secrets-dark-small': { ...dark, size: small, steps: settings('Secrets') },
};
