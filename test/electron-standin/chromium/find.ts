/** Finds a Chromium to run: one that is installed, or the headless one that comes as a package. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ChromiumProgram {
  path: string;
  /** What its process needs beside our own environment. */
  env: Record<string, string>;
  /** True for the headless shell, which knows no other mode. */
  isHeadlessShell: boolean;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const INSTALLED_ELSEWHERE: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** A Chromium or Chrome of this machine, or null. `JOBDECK_CHROMIUM` names one by its path. */
export function findInstalledChromium(): string | null {
  const given = process.env.JOBDECK_CHROMIUM;
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`JOBDECK_CHROMIUM names ${given}, where there is no file.`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const places = [...onPath, ...(INSTALLED_ELSEWHERE[process.platform] ?? [])];
  return places.find((place) => existsSync(place)) ?? null;
}

/** The Chromium for specs, without a window. */
export function headlessChromium(): ChromiumProgram {
  const given = process.env.JOBDECK_CHROMIUM ? findInstalledChromium() : null;
  if (given === null && process.platform === 'linux' && process.arch === 'x64') return packagedChromium();
  const installed = given ?? findInstalledChromium();
  if (installed !== null) return { path: installed, env: {}, isHeadlessShell: false };
  throw new Error(
    'Found no Chromium: the packaged one is for Linux on x64. Install Chromium or Chrome, or name one with JOBDECK_CHROMIUM.',
  );
}

/** The Chromium of @sparticuz/chromium, unpacked at first use. */
function packagedChromium(): ChromiumProgram {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const { version } = createRequire(import.meta.url)(join(dirname(entry), '../package.json')) as {
    version: string;
  };
  const folder = fileURLToPath(new URL(`../../../node_modules/.cache/chromium-${version}`, import.meta.url));
  if (!existsSync(folder)) unpack(folder);
  const libraries = join(folder, 'al2023', 'lib');
  const env: Record<string, string> = existsSync(libraries)
    ? { LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter) }
    : {};
  if (!systemHasFonts()) env.FONTCONFIG_PATH = join(folder, 'fonts');
  return { path: join(folder, 'chromium'), env, isHeadlessShell: true };
}

/** A minimal system has neither fonts nor a configuration of where they would be. */
function systemHasFonts(): boolean {
  const fonts = '/usr/share/fonts';
  return existsSync('/etc/fonts/fonts.conf') && existsSync(fonts) && readdirSync(fonts).length > 0;
}

/** Unpacks beside `folder` and renames: two processes at once both unpack, and the first to end wins. */
function unpack(folder: string): void {
  const staging = `${folder}.${process.pid}`;
  mkdirSync(staging, { recursive: true });
  // The package unpacks to the temporary folder, which is a matter of its process's environment.
  const script = fileURLToPath(new URL('unpack.ts', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [script, folder], {
    env: { ...process.env, TMPDIR: staging },
    encoding: 'utf8',
  });
  if (status !== 0) {
    rmSync(staging, { recursive: true, force: true });
    throw new Error(`Chromium could not be unpacked to ${staging}: ${stderr}`);
  }
  try {
    renameSync(staging, folder);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
