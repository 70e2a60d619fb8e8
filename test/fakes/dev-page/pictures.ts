/** The pictures to take of the window, by name. */
import type { Page } from 'playwright';
import { BACKUP_PICTURES } from './backup-pictures.ts';
import { CALLBACK_PICTURES } from './callback-pictures.ts';
import { EXPORT_PICTURES } from './export-pictures.ts';
import { HISTORY_PICTURES } from './history-pictures.ts';
import { IMPORT_PICTURES } from './import-pictures.ts';
import { NEW_JOB_PICTURES } from './new-job-pictures.ts';
import { RUNNER_PICTURES } from './runner-pictures.ts';

export interface Picture {
  size?: [number, number];
  scheme?: 'light' | 'dark';
  scene?: string;
  steps?: (page: Page) => Promise<void>;
}

const small: [number, number] = [900, 600];
const openFirst = (page: Page) => page.getByRole('row').filter({ hasText: 'Transcode' }).click();

async function newJob(page: Page): Promise<void> {
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Name' }).fill('Count words');
  await page
    .getByRole('textbox', { name: 'Shell line' })
    .fill('cat *.txt | tr -s " " "\\n" | sort | uniq -c | sort -rn | head');
  await page.getByRole('button', { name: /^Environment and input/ }).click();
  await page.getByRole('button', { name: 'Add variable' }).click();
  await page.getByRole('textbox', { name: 'Name of variable 1' }).fill('LC_ALL');
  await page.getByRole('textbox', { name: 'Value of variable 1' }).fill('C');
}

export const PICTURES: Record<string, Picture> = {
  ...HISTORY_PICTURES,
  ...BACKUP_PICTURES,
  ...NEW_JOB_PICTURES,
  ...RUNNER_PICTURES,
  ...CALLBACK_PICTURES,
  ...IMPORT_PICTURES,
  ...EXPORT_PICTURES,
  list: {},
  'list-dark': { scheme: 'dark', steps: openFirst },
  'list-small': { size: small },
  overview: { steps: openFirst },
  'overview-failed': {
    scheme: 'dark',
    steps: (page) => page.getByRole('row').filter({ hasText: 'exit 3' }).first().click(),
  },
  output: {
    steps: async (page) => {
      await openFirst(page);
      await page.getByRole('tab', { name: 'Output' }).click();
    },
  },
  'output-top-dark': {
    scheme: 'dark',
    steps: async (page) => {
      await openFirst(page);
      await page.getByRole('tab', { name: 'Output' }).click();
      await page.waitForTimeout(500);
      await page.getByRole('log').evaluate((log) => {
        log.scrollTop = 0;
      });
    },
  },
  'output-small': {
    size: small,
    steps: async (page) => {
      await openFirst(page);
      await page.getByRole('tab', { name: 'Output' }).click();
    },
  },
  json: {
    steps: async (page) => {
      await page.getByRole('row').filter({ hasText: 'Thumbnails' }).first().click();
      await page.getByRole('tab', { name: 'JSON' }).click();
      await page.waitForTimeout(600);
    },
  },
  'new-job': { steps: newJob },
  'new-job-dark-small': { scheme: 'dark', size: small, steps: newJob },
  'new-job-script': {
    steps: async (page) => {
      await newJob(page);
      await page.getByRole('radio', { name: 'Script' }).check();
      await page
        .getByRole('textbox', { name: 'Script' })
        .fill('set -eu\nfor name in *.txt; do\n  wc -w "$name" # words\ndone\n');
    },
  },
  'new-job-wrong': {
    steps: async (page) => {
      await page.keyboard.press('n');
      await page.getByRole('radio', { name: 'Program' }).check();
      await page.getByRole('button', { name: 'Run now' }).click();
    },
  },
  approval: {
    steps: async (page) => {
      await page.getByRole('row').filter({ hasText: 'needs approval' }).click();
      await page.getByRole('button', { name: 'Review and run' }).click();
    },
  },
  settings: {
    steps: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click();
    },
  },
  'settings-dark': {
    scheme: 'dark',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click();
    },
  },
  shortcuts: {
    steps: async (page) => {
      await page.keyboard.press('?');
    },
  },
  empty: { scene: 'empty' },
  'empty-dark-small': { scene: 'empty', scheme: 'dark', size: small },
  'empty-run': {
    scene: 'empty',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Run an example' }).click();
      await page.waitForTimeout(1500);
    },
  },
  detached: { scene: 'detached' },
  menu: {
    scheme: 'dark',
    steps: async (page) => {
      await page.getByRole('row').filter({ hasText: 'exit 3' }).first().click({ button: 'right' });
    },
  },
  deleted: {
    steps: async (page) => {
      await page.getByRole('row').filter({ hasText: 'exit 3' }).first().click();
      await page.keyboard.press('Delete');
    },
  },
  bulk: {
    steps: async (page) => {
      await page.getByRole('row').nth(4).click();
      await page
        .getByRole('row')
        .nth(9)
        .click({ modifiers: ['Shift'] });
    },
  },
};
