/**
 * `npm start`: opens the built application in Electron. Where Electron's runtime is not installed it is downloaded;
 * where that cannot be, the same bundles are opened in a preview window of a Chromium that is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { findInstalledChromium } from './chromium/find.ts';
import { ELECTRON_INSTALLER, installedElectron } from './installed-electron.ts';
import { planStart } from './start-plan.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
/** Left by a download that failed: it is not tried again at every start, but once a day. */
const FAILED_DOWNLOAD = join(REPOSITORY, 'node_modules/.cache/electron-download-failed');
const TRY_AGAIN_AFTER_MS = 24 * 60 * 60_000;
/** The archive has about 110 MB. */
const DOWNLOAD_WITHIN_MS = 5 * 60_000;

const plan = planStart({
  electron: installedElectron() ?? (hasDisplay() ? downloadedElectron() : null),
  chromium: findInstalledChromium(),
  hasDisplay: hasDisplay(),
});
if (plan.message !== null) process.stderr.write(`${plan.message}\n`);
if (plan.kind === 'electron') run(plan.executable, [REPOSITORY], {});
else if (plan.kind === 'preview') openPreview();
else process.exitCode = 1;

function openPreview(): void {
  const userData = join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'jobdeck-preview');
  const main = join(import.meta.dirname, 'main.ts');
  const args = [
    '--disable-warning=ExperimentalWarning',
    main,
    join(import.meta.dirname, 'electron'),
    REPOSITORY,
  ];
  run(process.execPath, [...args, `--user-data-dir=${userData}`, ...process.argv.slice(2)], {
    JOBDECK_PREVIEW: '1',
  });
}

/** Runs until it ends; signals go to it, so that it can end its jobs. */
function run(program: string, args: string[], env: Record<string, string>): void {
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    process.stderr.write(`${program} could not be started: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

function downloadedElectron(): string | null {
  const failedAtMs = statSync(FAILED_DOWNLOAD, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Date.now() - failedAtMs < TRY_AGAIN_AFTER_MS) return null;
  process.stderr.write("Downloading Electron's runtime, once...\n");
  const { status } = spawnSync(process.execPath, [ELECTRON_INSTALLER], {
    stdio: ['ignore', 'inherit', 'ignore'],
    timeout: DOWNLOAD_WITHIN_MS,
  });
  if (status === 0) return installedElectron();
  mkdirSync(dirname(FAILED_DOWNLOAD), { recursive: true });
  writeFileSync(FAILED_DOWNLOAD, `${new Date().toISOString()}\n`);
  return null;
}

function hasDisplay(): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
