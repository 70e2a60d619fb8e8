/** Pictures of the history: orders, the search and its completion, and saved views. */
import type { Page } from 'playwright';
import type { Picture } from './pictures.ts';

const small: [number, number] = [900, 600];

function search(text: string) {
  return async (page: Page): Promise<void> => {
    await page.getByRole('combobox', { name: 'Search jobs' }).pressSequentially(text);
  };
}

async function lastKey(page: Page): Promise<void> {
  const field = page.getByRole('combobox', { name: 'Search jobs' });
  await field.press('ArrowDown');
  await page.getByRole('option').first().waitFor();
  await field.press('ArrowUp');
}

async function openViewMenu(page: Page): Promise<void> {
  await saveViews(page);
  await page.getByRole('button', { name: 'More for the view Failed photos' }).press('Enter');
  await page.getByRole('menuitem').first().waitFor();
}

async function saveViews(page: Page): Promise<void> {
  for (const [text, name] of [
    ['status:failed tag:photos', 'Failed photos'],
    ['duration:>2m', 'Longer than 2 min'],
  ] as const) {
    await page.getByRole('combobox', { name: 'Search jobs' }).fill(text);
    await page.getByRole('button', { name: 'Save as a view' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill(name);
    await page.keyboard.press('Enter');
  }
}

export const HISTORY_PICTURES: Record<string, Picture> = {
  'history-sorted': {
    size: [1500, 800],
    steps: (page) => page.getByRole('button', { name: 'Duration' }).click(),
  },
  'history-keys': { steps: search('s') },
  'history-keys-end': { size: small, scheme: 'dark', steps: lastKey },
  'history-values': { steps: search('status:') },
  'history-values-dark': { scheme: 'dark', steps: search('tag:') },
  'history-wrong': { steps: search('statsu:failed duration:5m photos') },
  'history-wrong-small': { size: small, scheme: 'dark', steps: search('kind:comand photos') },
  'history-output': { steps: search('output:libsvtav1 ') },
  'history-nothing': { scheme: 'dark', steps: search('libsvtav1 ') },
  'history-views': { steps: saveViews },
  'history-views-dark': { scheme: 'dark', size: small, steps: saveViews },
  'history-view-menu': { steps: openViewMenu },
  'history-naming': {
    steps: async (page) => {
      await search('tag:photos ')(page);
      await page.getByRole('button', { name: 'Save as a view' }).click();
    },
  },
};
