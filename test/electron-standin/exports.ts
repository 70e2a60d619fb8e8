/**
 * The module that `electron` is in the main process. Each export is typed as the part of Electron's own type that
 * the stand-in has, so that `check-types.ts` can hold the application's sources to it.
 */
import { app as appObject } from './api/app.ts';
import { BrowserWindow as BrowserWindowClass } from './api/browser-window.ts';
import * as desktop from './api/desktop.ts';
import { dialog as dialogModule } from './api/dialog.ts';
import { ipcMain as ipcMainObject } from './api/ipc-main.ts';
import { Menu as MenuClass, MenuItem as MenuItemClass, Tray as TrayClass } from './api/menu.ts';
import { nativeImage as nativeImageModule } from './api/native-image.ts';
import { type NativeThemeKeys, nativeTheme as nativeThemeObject } from './api/native-theme.ts';
import { type NetKeys, net as netModule } from './api/net.ts';
import { Notification as NotificationClass } from './api/notification.ts';
import { protocol as protocolObject, session as sessionModule } from './api/session.ts';
import { utilityProcess as utilityProcessModule } from './api/utility-process.ts';
import { WebContents as WebContentsClass } from './api/web-contents.ts';
import type * as narrowed from './types.ts';

export type * from './types.ts';
// A value of the same name hides the type: those are exported beside it.

export const app = appObject as unknown as narrowed.App;
export const dialog: narrowed.Dialog = dialogModule;
export const ipcMain = ipcMainObject as unknown as narrowed.IpcMain;
export const nativeTheme = nativeThemeObject as unknown as narrowed.WithEvents<
  Electron.NativeTheme,
  NativeThemeKeys
>;
export const net: Pick<Electron.Net, NetKeys> = netModule;
export const protocol: narrowed.Protocol = protocolObject;
export const session = sessionModule as unknown as { readonly defaultSession: narrowed.Session };

export const clipboard: Pick<Electron.Clipboard, desktop.ClipboardKeys> = desktop.clipboard;
export const powerMonitor = desktop.powerMonitor as unknown as narrowed.WithEvents<
  Electron.PowerMonitor,
  desktop.PowerMonitorKeys
>;
export const powerSaveBlocker: Pick<Electron.PowerSaveBlocker, desktop.PowerSaveBlockerKeys> =
  desktop.powerSaveBlocker;
export const safeStorage: Pick<Electron.SafeStorage, desktop.SafeStorageKeys> = desktop.safeStorage;
export const screen = desktop.screen as unknown as narrowed.WithEvents<Electron.Screen, desktop.ScreenKeys>;
export const shell: Pick<Electron.Shell, desktop.ShellKeys> = desktop.shell;

export type BrowserWindow = narrowed.BrowserWindow;
export const BrowserWindow = BrowserWindowClass as unknown as {
  new (options?: narrowed.BrowserWindowConstructorOptions): narrowed.BrowserWindow;
  getAllWindows(): narrowed.BrowserWindow[];
  getFocusedWindow(): narrowed.BrowserWindow | null;
  fromId(id: number): narrowed.BrowserWindow | null;
  fromWebContents(contents: narrowed.WebContents): narrowed.BrowserWindow | null;
};
export const webContents = WebContentsClass as unknown as {
  getAllWebContents(): narrowed.WebContents[];
  fromId(id: number): narrowed.WebContents | undefined;
  fromDevToolsTargetId(targetId: string): narrowed.WebContents | undefined;
};
export type Menu = narrowed.Menu;
export const Menu = MenuClass as unknown as {
  buildFromTemplate(template: (narrowed.MenuItemConstructorOptions | narrowed.MenuItem)[]): narrowed.Menu;
  setApplicationMenu(menu: narrowed.Menu | null): void;
  getApplicationMenu(): narrowed.Menu | null;
};
export type MenuItem = narrowed.MenuItem;
export const MenuItem = MenuItemClass as unknown as {
  new (options: narrowed.MenuItemConstructorOptions): narrowed.MenuItem;
};
export type Notification = narrowed.Notification;
export const Notification = NotificationClass as unknown as {
  new (options?: narrowed.NotificationConstructorOptions): narrowed.Notification;
  isSupported(): boolean;
};
export type Tray = narrowed.Tray;
export const Tray = TrayClass as unknown as { new (image: narrowed.NativeImage | string): narrowed.Tray };
export const nativeImage = nativeImageModule as unknown as {
  createEmpty(): narrowed.NativeImage;
  createFromBuffer(buffer: Buffer): narrowed.NativeImage;
  createFromDataURL(url: string): narrowed.NativeImage;
  createFromPath(path: string): narrowed.NativeImage;
};
export const utilityProcess = utilityProcessModule as unknown as {
  fork(modulePath: string, args?: string[], options?: Electron.ForkOptions): narrowed.UtilityProcess;
};
