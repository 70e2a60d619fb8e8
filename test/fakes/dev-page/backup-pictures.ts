/** Pictures of backups, restoring and what is kept. */
import type { Page } from 'playwright';
import type { Picture } from './pictures.ts';

const small: [number, number] = [900, 600];

async function settings(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.waitForTimeout(300);
}

async function look(page: Page): Promise<void> {
  await settings(page);
  await page.getByRole('button', { name: 'Show what would go now' }).click();
  await page.getByRole('button', { name: 'Clean up now…' }).scrollIntoViewIfNeeded();
}

async function list(page: Page): Promise<void> {
  await settings(page);
  await page.getByRole('button', { name: 'Restore…' }).click();
  await page
    .getByRole('button', { name: /^Look into/ })
    .first()
    .waitFor();
}

async function openBackup(page: Page): Promise<void> {
  await list(page);
  await page
    .getByRole('button', { name: /^Look into/ })
    .first()
    .click();
  await page.getByRole('radio', { name: /^Add what/ }).waitFor();
}

async function turnOn(page: Page): Promise<void> {
  await settings(page);
  await page.getByRole('group', { name: 'Clean up by itself' }).getByRole('radio', { name: 'On' }).click();
  await page.getByRole('alertdialog').scrollIntoViewIfNeeded();
}

export const BACKUP_PICTURES: Record<string, Picture> = {
  backups: { scene: 'backups', steps: settings },
  'backups-dark': { scene: 'backups', scheme: 'dark', steps: settings },
  'backups-small': { scene: 'backups', size: small, steps: settings },
  'backups-none': { steps: settings },
  'backups-made': {
    steps: async (page) => {
      await settings(page);
      await page.getByRole('button', { name: 'Back up now' }).click();
    },
  },
  'retention-wrong': {
    scene: 'backups',
    steps: async (page) => {
      await settings(page);
      await page.getByRole('textbox', { name: /^Cancelled: keep jobs for/ }).fill('soon');
    },
  },
  'retention-preview': { scene: 'backups', steps: look },
  'retention-preview-dark': { scene: 'backups', scheme: 'dark', size: small, steps: look },
  'retention-question': {
    scene: 'backups',
    steps: async (page) => {
      await look(page);
      await page.getByRole('button', { name: 'Clean up now…' }).click();
      await page.getByRole('button', { name: 'Clean up', exact: true }).scrollIntoViewIfNeeded();
    },
  },
  'retention-agree': { scene: 'backups', steps: turnOn },
  'retention-agree-dark': { scene: 'backups', scheme: 'dark', size: small, steps: turnOn },
  'retention-done-dark': {
    scene: 'backups',
    scheme: 'dark',
    steps: async (page) => {
      await look(page);
      await page.getByRole('button', { name: 'Clean up now…' }).click();
      await page.getByRole('button', { name: 'Clean up', exact: true }).click();
      await page.getByText(/^Cleaned up/).waitFor();
    },
  },
  'restore-list': { scene: 'backups', steps: list },
  'restore-list-dark': { scene: 'backups', scheme: 'dark', size: small, steps: list },
  'restore-preview': { scene: 'backups', steps: openBackup },
  'restore-exact-dark': {
    scene: 'backups',
    scheme: 'dark',
    size: small,
    steps: async (page) => {
      await openBackup(page);
      await page.getByRole('radio', { name: /^Also delete/ }).check({ force: true });
    },
  },
  'restore-damaged': {
    scene: 'backups',
    steps: async (page) => {
      await list(page);
      await page
        .getByRole('button', { name: /^Look into/ })
        .nth(1)
        .click();
    },
  },
  'restore-foreign': {
    scene: 'backups',
    steps: async (page) => {
      await list(page);
      await page.getByRole('button', { name: 'Choose a file…' }).click();
    },
  },
  'restore-done': {
    scene: 'backups',
    steps: async (page) => {
      await openBackup(page);
      await page.getByRole('button', { name: /^Restore \d/ }).click();
      await page.getByText(/jobs restored/).waitFor();
    },
  },
};
