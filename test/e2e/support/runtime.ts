/** Which runtime the specs run on: Electron where its binary is, else the stand-in. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { installedElectron } from '../../electron-standin/installed-electron.ts';

export const REPOSITORY = join(import.meta.dirname, '../../..');

export interface AppRuntime {
  name: 'Electron' | 'the Electron stand-in';
  executablePath: string;
}

/** `JOBDECK_ELECTRON` names an executable of Electron's own, such as a packaged application's. */
export function findRuntime(): AppRuntime {
  const given = process.env.JOBDECK_ELECTRON;
  const electron = given ? given : installedElectron();
  if (electron !== null) return { name: 'Electron', executablePath: electron };
  return {
    name: 'the Electron stand-in',
    executablePath: join(REPOSITORY, 'test/electron-standin/electron'),
  };
}

/** What Playwright loads into Electron first, so that no window is made before it listens. */
export function playwrightLoader(): string {
  const require = createRequire(import.meta.url);
  const playwright = dirname(require.resolve('playwright/package.json'));
  const core = createRequire(join(playwright, 'package.json')).resolve('playwright-core/package.json');
  return join(dirname(core), 'lib/server/electron/loader.js');
}
