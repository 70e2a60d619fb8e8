/** An application under test: started, closed, killed. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { _electron, type ElectronApplication, type Page } from 'playwright/test';
import { findRuntime, playwrightLoader, REPOSITORY } from './runtime.ts';

export interface LaunchOptions {
  /** Folder of the profile and the jobs. A new one for each test where it is left out. */
  userData?: string;
  env?: Record<string, string>;
  /** Arguments for the application, after its own path. */
  args?: string[];
  /** Folder with a package.json and built bundles. The repository's own where it is left out. */
  appPath?: string;
}

export interface RunningApp {
  electron: ElectronApplication;
  /** The first window, once its page has an address. */
  page: Page;
  userData: string;
  /** Quits as a person would. */
  close(): Promise<void>;
  /** `kill -9` of the main process and everything in its process group, without a chance to tidy up. */
  killHard(): Promise<void>;
}

/**
 * Starts the application and waits for its first window.
 * @param onLaunched called before there is a window, to miss nothing of its page
 */
export async function startApp(
  options: LaunchOptions & { userData: string },
  onLaunched: (electron: ElectronApplication, child: ChildProcess) => void,
): Promise<RunningApp> {
  const { userData, env = {}, args = [], appPath = REPOSITORY } = options;
  const electron = await launchElectron(userData, env, [appPath, ...args]);
  const child = electron.process(); // gone from Playwright's side once the application has ended
  onLaunched(electron, child);
  const page = await electron.firstWindow();
  await page.waitForURL((url) => url.href !== 'about:blank');
  return {
    electron,
    page,
    userData,
    close: () => electron.close(),
    killHard: () => killHard(child),
  };
}

/** Starts the application without waiting for a window. */
function launchElectron(
  userData: string,
  env: Record<string, string>,
  args: string[],
): Promise<ElectronApplication> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return _electron.launch({
    executablePath: findRuntime().executablePath,
    args: ['-r', playwrightLoader(), ...args, `--user-data-dir=${userData}`],
    env: { ...Object.fromEntries(inherited), ...env },
    cwd: REPOSITORY,
    colorScheme: null,
  });
}

/**
 * Starts the application as a person does who starts it a second time, and waits until it has ended.
 * Not through Playwright: its launch expects an application that stays, and when one ends while it attaches it
 * can leave a rejection behind that nobody handles, which fails the test and ends its other applications.
 * @returns the exit code
 */
export async function runToItsEnd(userData: string, args: string[]): Promise<number | null> {
  const sandbox = process.platform === 'linux' ? ['--no-sandbox'] : []; // as Playwright starts the first one
  const child = spawn(findRuntime().executablePath, [...sandbox, ...args, `--user-data-dir=${userData}`], {
    cwd: REPOSITORY,
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

/** `kill -9`, and waits until it has gone. One that has ended already is left alone. */
export async function killHard(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  if (process.platform === 'win32') execFileSync('taskkill', ['/pid', String(pid), '/T', '/F']);
  else process.kill(-pid, 'SIGKILL');
  await ended;
}
