/** What every end-to-end spec imports: `test` with `launchApp`, which knows no difference between the runtimes. */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'playwright/test';
import { PageErrors } from './page-errors.ts';
import { killHard, type LaunchOptions, type RunningApp, startApp } from './running-app.ts';

export type { LaunchOptions, RunningApp };
export { expect };

interface Fixtures {
  /** Starts the application with a user data folder of its own; all that were started are ended with the test. */
  launchApp: (options?: LaunchOptions) => Promise<RunningApp>;
  /** Fails the test for console errors, refusals by the content security policy and uncaught exceptions. */
  noPageErrors: PageErrors;
  /** An empty folder that is removed with the test. */
  temporaryFolder: string;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  temporaryFolder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'jobdeck-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },

  noPageErrors: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const errors = new PageErrors();
      await use(errors);
      expect(errors.unexpected(), 'what went wrong in the page').toEqual([]);
    },
    { auto: true },
  ],

  launchApp: async ({ temporaryFolder, noPageErrors }, use) => {
    const running: ChildProcess[] = [];
    await use(async (options = {}) => {
      const userData = options.userData ?? mkdtempSync(join(temporaryFolder, 'user-data-'));
      return startApp({ ...options, userData }, (electron, child) => {
        running.push(child);
        noPageErrors.watch(electron);
      });
    });
    // Not asked to quit: a spec that failed in the middle of a dialog would wait for its answer.
    for (const child of running) await killHard(child);
  },
});
