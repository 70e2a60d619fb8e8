import { defineConfig } from 'playwright/test';

/** Specs start the built application: `npm run build` comes first. Nothing is tried again: a flaky test is a bug. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './test/e2e/support/announce-runtime.ts',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // `PLAYWRIGHT_JSON_OUTPUT_NAME` says where a JSON report goes (`--reporter=line,json`).
  reporter: process.env.CI ? 'line' : 'list',
});
