/** Which application runs: a folder that was named, or the one in `resources` beside a packaged executable. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export interface AppFolder {
  /** What `app.getAppPath()` answers. */
  path: string;
  /** Absolute path of the main module. */
  main: string;
  name: string;
  version: string;
  isPackaged: boolean;
  resourcesPath: string;
}

interface Manifest {
  name?: string;
  productName?: string;
  version?: string;
  main?: string;
}

/** `resources` beside the executable, where that holds a packaged application; else null. */
export function packagedResources(executable: string): string | null {
  const resources = join(dirname(resolve(executable)), 'resources');
  const isThere = existsSync(join(resources, 'app.asar')) || existsSync(join(resources, 'app'));
  return isThere ? resources : null;
}

/** The packaged application. Plain Node reads no archive, so `app.asar` is extracted once to a cache folder. */
export async function packagedApp(resourcesPath: string): Promise<AppFolder> {
  const archive = join(resourcesPath, 'app.asar');
  const folder = existsSync(archive) ? await extracted(archive) : join(resourcesPath, 'app');
  return { ...fromFolder(folder), isPackaged: true, resourcesPath };
}

/** The application at `given`, a folder with a package.json or a main file. */
export function namedApp(given: string): AppFolder {
  const path = resolve(given);
  if (!existsSync(path)) throw new Error(`There is no application at ${path}.`);
  const folder = statSync(path).isDirectory() ? path : dirname(path);
  const named = folder === path ? fromFolder(folder) : { ...describe({}, folder), main: path };
  return { ...named, isPackaged: false, resourcesPath: join(folder, 'resources') };
}

function fromFolder(folder: string): Omit<AppFolder, 'isPackaged' | 'resourcesPath'> {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  return { ...describe(manifest, folder), main: join(folder, manifest.main ?? 'index.js') };
}

function describe(manifest: Manifest, path: string): { path: string; name: string; version: string } {
  return {
    path,
    name: manifest.productName ?? manifest.name ?? 'Electron',
    version: manifest.version ?? '0.0.0',
  };
}

/** The archive's files in a folder named after its content, so that a rebuilt archive is never mistaken. */
async function extracted(archive: string): Promise<string> {
  const digest = createHash('sha256').update(readFileSync(archive)).digest('hex').slice(0, 16);
  const cache = join(tmpdir(), `electron-standin-${process.getuid?.() ?? 'user'}`);
  const folder = join(cache, digest);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  const { extractAll } = await import('@electron/asar');
  const staging = `${folder}.${process.pid}`;
  extractAll(archive, staging);
  try {
    renameSync(staging, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(staging, { recursive: true }); // another process was first, with the same content
  }
  return folder;
}
