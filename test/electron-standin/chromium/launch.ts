/** Starts Chromium for one profile and ends it. Chromium ends by itself when our end of the pipe is gone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { CdpConnection } from './connection.ts';
import { type ChromiumProgram, findInstalledChromium, headlessChromium } from './find.ts';

export interface Chromium {
  connection: CdpConnection;
  product: string;
  /** Opens an empty window; gives its target. */
  openWindow(size: { width: number; height: number }): Promise<string>;
  /** Ends it, so that everything it holds is written. */
  close(): Promise<void>;
  /** Called once, however it ends. */
  onExit(listener: () => void): void;
}

export interface LaunchOptions {
  profile: string;
  /** True for windows that a person can see. */
  isPreview: boolean;
  /** True where a debugger asked for a port: its line is passed on to our stderr. */
  wantsPort: boolean;
}

const DISABLED_FEATURES = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'MediaRouter',
  'OptimizationHints',
  'Translate',
];

const SWITCHES = [
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-startup-window',
  '--block-new-web-contents',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-breakpad',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-hang-monitor',
  '--disable-ipc-flooding-protection',
  '--disable-renderer-backgrounding',
  '--disable-sync',
  `--disable-features=${DISABLED_FEATURES.join(',')}`,
  '--metrics-recording-only',
  '--password-store=basic',
  '--use-mock-keychain',
];

const HEADLESS_SWITCHES = ['--disable-gpu', '--force-color-profile=srgb'];
/** Machines that run specs often lack user namespaces, and Chromium refuses to sandbox itself as root. */
const UNSANDBOXED_SWITCHES = ['--no-sandbox', '--test-type'];

/** How long a Chromium gets to write its state and end. */
const CLOSE_WITHIN_MS = 5000;

export async function launchChromium(options: LaunchOptions): Promise<Chromium> {
  const { profile, isPreview, wantsPort } = options;
  const program = isPreview ? visibleChromium() : headlessChromium();
  mkdirSync(profile, { recursive: true });
  endLeftover(profile);
  const sandbox = isPreview && process.getuid?.() !== 0 ? [] : UNSANDBOXED_SWITCHES;
  const mode = isPreview ? sandbox : [...sandbox, ...HEADLESS_SWITCHES, headlessSwitch(program)];
  const args = [
    ...SWITCHES,
    ...mode,
    `--user-data-dir=${profile}`,
    ...(wantsPort ? ['--remote-debugging-port=0'] : []),
  ];
  const child = spawn(program.path, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...program.env },
  });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`Chromium (${program.path}) ended at its start: ${signal ?? `exit code ${code}`}.`)),
    );
  });
  failed.catch(() => undefined); // only its start is waited for
  writeFileSync(pidFile(profile), String(child.pid));
  const portIsOpen = passOn(child.stderr as Readable, wantsPort);
  const connection = new CdpConnection(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const version = await Promise.race([connection.browser.send('Browser.getVersion'), failed]);
  if (wantsPort) await Promise.race([portIsOpen, failed]);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    connection,
    product: version.product,
    openWindow: (size) =>
      isPreview
        ? openPreviewWindow(connection, [program.path, ...sandbox], profile, size)
        : openPage(connection, size),
    onExit: (listener) => void exited.then(listener),
    close: () => close(child, connection, exited, profile),
  };
}

function visibleChromium(): ChromiumProgram {
  const path = findInstalledChromium();
  if (path === null) throw new Error('A preview needs an installed Chromium or Chrome, and found none.');
  return { path, env: {}, isHeadlessShell: false };
}

function headlessSwitch(program: ChromiumProgram): string {
  return program.isHeadlessShell ? '--headless' : '--headless=new';
}

/** Passes Chromium's line with the address of its debugger on, in the form that Electron prints. */
function passOn(stderr: Readable, wantsPort: boolean): Promise<void> {
  const showAll = process.env.ELECTRON_ENABLE_LOGGING !== undefined;
  return new Promise((resolve) => {
    createInterface({ input: stderr }).on('line', (line) => {
      const isAddress = line.startsWith('DevTools listening on ');
      if (showAll || (wantsPort && isAddress)) process.stderr.write(`${line}\n`);
      if (isAddress) resolve();
    });
  });
}

async function openPage(connection: CdpConnection, size: { width: number; height: number }): Promise<string> {
  const { targetId } = await connection.browser.send('Target.createTarget', {
    url: 'about:blank',
    newWindow: true,
    ...size,
  });
  return targetId;
}

/** A window without tabs and address bar can only be asked for on Chromium's command line. */
async function openPreviewWindow(
  connection: CdpConnection,
  [program = '', ...sandbox]: string[],
  profile: string,
  size: { width: number; height: number },
): Promise<string> {
  const address = `data:text/html,${crypto.randomUUID()}`;
  const found = new Promise<string>((resolve) => {
    connection.browser.on('Target.targetInfoChanged', ({ targetInfo }) => {
      if (targetInfo.type === 'page' && targetInfo.url === address) resolve(targetInfo.targetId);
    });
    connection.browser.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.type === 'page' && targetInfo.url === address) resolve(targetInfo.targetId);
    });
  });
  await connection.browser.send('Target.setDiscoverTargets', { discover: true });
  spawn(program, [`--user-data-dir=${profile}`, ...sandbox, `--app=${address}`], { stdio: 'ignore' });
  const targetId = await found;
  const { windowId } = await connection.browser.send('Browser.getWindowForTarget', { targetId });
  await connection.browser.send('Browser.setWindowBounds', { windowId, bounds: size });
  return targetId;
}

async function close(
  child: ChildProcess,
  connection: CdpConnection,
  exited: Promise<void>,
  profile: string,
): Promise<void> {
  const killer = setTimeout(() => child.kill('SIGKILL'), CLOSE_WITHIN_MS);
  connection.browser.send('Browser.close').catch(() => undefined); // it may end before it answers
  await exited;
  clearTimeout(killer);
  rmSync(pidFile(profile), { force: true });
}

function pidFile(profile: string): string {
  return join(profile, 'electron-standin.pid');
}

/** Ends a Chromium that outlived its `kill -9`ed main process by a moment: two on one profile would spoil it. */
function endLeftover(profile: string): void {
  try {
    const pid = Number(readFileSync(pidFile(profile), 'utf8'));
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (!commandLine.includes(`--user-data-dir=${profile}`)) return;
    process.kill(pid, 'SIGKILL');
    while (isRunning(pid)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  } catch {
    // No file, or no such process: there is nothing left over.
  }
}

function isRunning(pid: number): boolean {
  try {
    // A zombie has an empty command line.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}
