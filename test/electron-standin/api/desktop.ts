/** What else of the desktop the application speaks to. Nothing happens to it: a spec replaces what it watches. */

import { runtime, tell } from '../runtime.ts';
import { StrictEmitter, strictModule } from '../strict.ts';

export type ShellKeys = 'beep' | 'openExternal' | 'openPath' | 'showItemInFolder' | 'trashItem';
export const shell = strictModule('shell', {
  beep(): void {},
  async openExternal(url: string): Promise<void> {
    tell(`Would open ${url}`);
  },
  async openPath(path: string): Promise<string> {
    tell(`Would open ${path}`);
    return '';
  },
  showItemInFolder(path: string): void {
    tell(`Would show ${path} in the file manager`);
  },
  async trashItem(path: string): Promise<void> {
    throw new Error(`The Electron stand-in has no trash for ${path}.`);
  },
});

export type ClipboardKeys = 'clear' | 'readText' | 'writeText';
let copied = '';
export const clipboard = strictModule('clipboard', {
  readText: async (): Promise<string> => copied,
  async writeText(text: string): Promise<void> {
    copied = text;
  },
  async clear(): Promise<void> {
    copied = '';
  },
});

const DISPLAY = {
  id: 1,
  scaleFactor: 1,
  rotation: 0,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1080 },
  size: { width: 1920, height: 1080 },
  workAreaSize: { width: 1920, height: 1080 },
} as Electron.Display;

export type ScreenKeys = 'getAllDisplays' | 'getDisplayMatching' | 'getPrimaryDisplay';
class Screen extends StrictEmitter implements Pick<Electron.Screen, ScreenKeys> {
  protected readonly events = ['display-added', 'display-metrics-changed', 'display-removed'];
  getPrimaryDisplay(): Electron.Display {
    return DISPLAY;
  }
  getAllDisplays(): Electron.Display[] {
    return [DISPLAY];
  }
  getDisplayMatching(): Electron.Display {
    return DISPLAY;
  }
}
export const screen = new Screen();

export type PowerMonitorKeys = 'getSystemIdleTime' | 'isOnBatteryPower';
class PowerMonitor extends StrictEmitter implements Pick<Electron.PowerMonitor, PowerMonitorKeys> {
  protected readonly events = [
    ...['lock-screen', 'on-ac', 'on-battery', 'resume', 'shutdown', 'suspend', 'unlock-screen'],
  ];
  getSystemIdleTime(): number {
    return 0;
  }
  isOnBatteryPower(): boolean {
    return false;
  }
}
export const powerMonitor = new PowerMonitor();

export type PowerSaveBlockerKeys = 'isStarted' | 'start' | 'stop';
const blocking = new Set<number>();
let lastBlocker = 0;
export const powerSaveBlocker = strictModule('powerSaveBlocker', {
  start(): number {
    blocking.add(++lastBlocker);
    return lastBlocker;
  },
  stop: (id: number): boolean => blocking.delete(id),
  isStarted: (id: number): boolean => blocking.has(id),
});

export type SafeStorageKeys =
  | 'decryptString'
  | 'encryptString'
  | 'getSelectedStorageBackend'
  | 'isEncryptionAvailable';
const SEALED = 'standin:';
/** No encryption at all, and it says so: what Electron does on Linux where no keyring runs. */
export const safeStorage = strictModule('safeStorage', {
  isEncryptionAvailable: (): boolean => runtime() !== null,
  getSelectedStorageBackend: () => 'basic_text' as const,
  encryptString: (text: string): Buffer => Buffer.from(SEALED + Buffer.from(text).toString('base64')),
  decryptString(sealed: Buffer): string {
    const text = sealed.toString();
    if (!text.startsWith(SEALED)) throw new Error('Error while decrypting the ciphertext provided.');
    return Buffer.from(text.slice(SEALED.length), 'base64').toString();
  },
});
