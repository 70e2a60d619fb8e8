/** Pictures of callbacks: the page, the tab of a job, the receiver, the keys. */
import type { Page } from 'playwright';
import type { Picture } from './pictures.ts';

const small: [number, number] = [900, 600];
const dark = { scheme: 'dark', scene: 'callbacks' } as const;
const light = { scheme: 'light', scene: 'callbacks' } as const;

const openPage = (page: Page) => page.getByRole('button', { name: /^Callbacks/ }).click();
const openRow = (name: string) => async (page: Page) => {
  await openPage(page);
  await page.getByRole('row').filter({ hasText: name }).first().click();
};
const openReceiver = async (page: Page) => {
  await page.keyboard.press('l');
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.getByRole('button', { name: 'Start' }).click();
};
const settings = async (page: Page) => {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Callbacks' }).click();
};

export const CALLBACK_PICTURES: Record<string, Picture> = {
  'callback-list': { ...light, steps: openPage },
  'callback-list-dark-small': { ...dark, size: small, steps: openPage },
  'callback-waiting': { ...light, steps: openRow('Checksum photos') },
  'callback-waiting-dark': { ...dark, steps: openRow('Checksum photos') },
  'callback-waiting-small': { ...light, size: small, steps: openRow('Checksum photos') },
  'callback-given-up-dark': { ...dark, steps: openRow('Nightly export') },
  'callback-held': { ...light, steps: openRow('Convert interviews') },
  'callback-held-dark-small': { ...dark, size: small, steps: openRow('Convert interviews') },
  'callback-stopped': { ...light, steps: openRow('Link check') },
  'callback-items': { ...light, steps: openRow('Hash each file') },
  'callback-body': {
    ...light,
    steps: async (page) => {
      await openRow('Checksum photos')(page);
      await page.getByText('What it answered').first().click();
      await page.getByText('What is sent').click();
      await page.getByText('What is sent').scrollIntoViewIfNeeded();
    },
  },
  'callback-overview': {
    ...light,
    steps: async (page) => {
      await page.getByRole('row').filter({ hasText: 'Checksum photos' }).first().click();
    },
  },
  'callback-filtered': {
    ...light,
    steps: async (page) => {
      await openPage(page);
      await page.getByLabel('Host').selectOption('api.example.com');
      await page.getByRole('searchbox', { name: 'Search callbacks' }).fill('thumb');
    },
  },
  'callback-none': {
    ...light,
    steps: async (page) => {
      await openPage(page);
      await page.getByRole('searchbox', { name: 'Search callbacks' }).fill('nowhere');
    },
  },
  'callback-bulk': {
    ...dark,
    steps: async (page) => {
      await openPage(page);
      await page.getByRole('row').nth(1).click();
      await page
        .getByRole('row')
        .nth(4)
        .click({ modifiers: ['Shift'] });
    },
  },
  'callback-elsewhere': {
    ...light,
    steps: async (page) => {
      await openRow('Checksum photos')(page);
      await page.getByRole('button', { name: 'More to do with this callback' }).click();
      await page.getByRole('menuitem', { name: 'Send to another URL…' }).click();
      await page.getByRole('textbox', { name: 'URL' }).fill('ftp://me:secret@example.org');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
    },
  },
  'callback-resend': {
    ...light,
    steps: async (page) => {
      await openPage(page);
      await page.getByRole('button', { name: 'Send all given up again' }).click();
    },
  },
  'callback-receiver': { ...light, steps: openReceiver },
  'callback-receiver-dark': { ...dark, steps: openReceiver },
  'callback-receiver-small': { ...light, size: small, steps: openReceiver },
  'callback-receiver-empty-dark-small': {
    scheme: 'dark',
    scene: 'history',
    size: small,
    steps: async (page) => {
      await page.keyboard.press('l');
    },
  },
  'callback-empty': { scene: 'history', steps: openPage },
  'callback-settings': { ...light, steps: settings },
  'callback-settings-dark-small': { ...dark, size: small, steps: settings },
  'callback-keys': {
    ...light,
    steps: async (page) => {
      await settings(page);
      await page.getByRole('button', { name: /^Rotate the secret of hooks/ }).click();
      await page.getByRole('alertdialog').scrollIntoViewIfNeeded();
    },
  },
  'callback-key-made-dark': {
    ...dark,
    steps: async (page) => {
      await settings(page);
      await page.getByRole('textbox', { name: 'URL or host' }).fill('other.example.org');
      await page.getByRole('button', { name: 'Add key' }).click();
    },
  },
  'callback-schedule-wrong': {
    ...light,
    steps: async (page) => {
      await settings(page);
      await page.getByRole('textbox', { name: 'Attempts' }).fill('0s, 5 seconds, 5min');
    },
  },
};
