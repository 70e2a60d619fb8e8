/** The pictures to take of importing, by name. */
import type { Page } from 'playwright';
import type { Picture } from './pictures.ts';

const small: [number, number] = [900, 600];

async function choose(page: Page): Promise<void> {
  await page.keyboard.press('i');
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await page.getByRole('treegrid', { name: 'Documents' }).waitFor();
}

async function list(page: Page, name: RegExp): Promise<void> {
  await choose(page);
  await page.getByRole('radio', { name }).check({ force: true });
}

async function openConflict(page: Page): Promise<void> {
  await list(page, /^In conflict/);
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('t');
  await page.keyboard.press('Enter');
}

async function leave(page: Page): Promise<void> {
  await openConflict(page);
  await page.keyboard.press('Escape');
}

async function bring(page: Page): Promise<void> {
  await choose(page);
  await page.getByRole('button', { name: /^Import \d/ }).click();
  await page.getByText(/jobs imported/).waitFor();
}

export const IMPORT_PICTURES: Record<string, Picture> = {
  'import-start': { scene: 'import', steps: (page) => page.keyboard.press('i') },
  'import-start-dark': {
    scene: 'import',
    scheme: 'dark',
    steps: async (page) => {
      await bring(page);
      await page.keyboard.press('i');
    },
  },
  'import-preview': { scene: 'import', steps: choose },
  'import-preview-dark-small': { scene: 'import', scheme: 'dark', size: small, steps: choose },
  'import-invalid-open': {
    scene: 'import',
    steps: async (page) => {
      await list(page, /^Invalid/);
      await page.getByRole('treegrid').focus();
      await page.keyboard.press('Enter');
    },
  },
  'import-repaired': {
    scene: 'import',
    steps: async (page) => {
      await list(page, /^Repaired/);
      await page.getByRole('checkbox', { name: /^What was waiting/ }).uncheck();
    },
  },
  'import-repaired-dark-small': {
    scene: 'import',
    scheme: 'dark',
    size: small,
    steps: (page) => list(page, /^Repaired/),
  },
  'import-conflict': { scene: 'import', steps: openConflict },
  'import-conflict-dark-small': { scene: 'import', scheme: 'dark', size: small, steps: openConflict },
  'import-leave': { scene: 'import', steps: leave },
  'import-leave-dark-small': { scene: 'import', scheme: 'dark', size: small, steps: leave },
  'import-reading': {
    scene: 'import',
    steps: async (page) => {
      await page.evaluate(() => {
        (
          window as never as { fakeJobdeck: { imports: { holdsBack: boolean } } }
        ).fakeJobdeck.imports.holdsBack = true;
      });
      await page.keyboard.press('i');
      await page.getByRole('button', { name: 'Choose files…' }).click();
      await page.evaluate(() => {
        const { imports } = (
          window as never as {
            fakeJobdeck: { imports: { ids: string[]; readOn: (id: string, to: number) => void } };
          }
        ).fakeJobdeck;
        imports.readOn(imports.ids.at(-1) ?? '', 31);
      });
    },
  },
  'import-done': { scene: 'import', steps: bring },
  'import-done-dark-small': { scene: 'import', scheme: 'dark', size: small, steps: bring },
  'import-million': {
    scene: 'import-million',
    steps: async (page) => {
      await choose(page);
      await page.getByText('999,000').first().waitFor({ timeout: 280_000 });
      await page.getByRole('treegrid').focus();
      await page.keyboard.press('End');
      await page.waitForTimeout(500);
    },
  },
};
