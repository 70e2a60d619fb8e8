import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const CHECK = join(import.meta.dirname, '../../electron-standin/check-types.ts');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'standin-check-'));
  for (const name of ['src-main', 'src-preload']) mkdirSync(join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Checks an application that is this one file. */
function check(path: string, source: string): { status: number | null; output: string } {
  writeFileSync(join(folder, path), source);
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHECK, folder], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('the type check of the application against the stand-in', () => {
  it('accepts what the stand-in has', () => {
    const source =
      "import { app, type BrowserWindow } from 'electron';\n" +
      'export const quit = (window: BrowserWindow): void => (window.isDestroyed() ? app.quit() : window.close());\n';
    expect(check('src-main/index.ts', source)).toEqual({ status: 0, output: '' });
  });

  it('refuses an export of Electron that the stand-in lacks', () => {
    const { status, output } = check(
      'src-main/index.ts',
      "import { globalShortcut } from 'electron';\nglobalShortcut.unregisterAll();\n",
    );
    expect(status).toBe(1);
    expect(output).toMatch(/has no exported member .*globalShortcut/u);
  });

  it('refuses a member that the stand-in lacks, also where it is reached by way of another object', () => {
    const source =
      "import type { BrowserWindow } from 'electron';\n" +
      'export const zoom = (window: BrowserWindow): void => window.webContents.setZoomLevel(2);\n';
    const { status, output } = check('src-main/index.ts', source);
    expect(status).toBe(1);
    expect(output).toMatch(/Property 'setZoomLevel' does not exist/u);
  });

  it('refuses a preload that asks for more than the stand-in gives to preloads', () => {
    const { status, output } = check(
      'src-preload/preload.ts',
      "import { ipcRenderer } from 'electron';\nipcRenderer.sendSync('now');\n",
    );
    expect(status).toBe(1);
    expect(output).toMatch(/Property 'sendSync' does not exist/u);
  });
});
